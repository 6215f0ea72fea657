//! Screens whose code comes when they are first shown, so that the launcher does not wait for it. The build splits the
//! program at the functions of [`chunks!`] (docs/decisions.md, "The build"); without the feature `split`, as `trunk
//! serve` builds it, the program is one file.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use portal_api::Error;
use portal_core::notice::Place;
use portal_core::text::Text;

use crate::browser;
use crate::components::{IconName, Menu, PageState, Tone, menu_box};
use crate::i18n::{tr, use_i18n};
use crate::leaving::use_leaving;
use crate::pages::{self, launcher::menu::Asked as TileMenu};
use crate::session::{self, Keeper, use_session};
use crate::settings::Unusable;

/// Draws a screen that needs nothing.
type Draw = fn() -> AnyView;
/// Draws what comes and goes behind other screens.
type DrawBeside = fn(Memo<bool>) -> AnyView;
/// Draws a failed call.
type DrawProblem = fn(&Error, Place, Callback<()>) -> AnyView;
/// Draws the panel of the account menu.
type DrawMenu = fn(Menu) -> AnyView;
/// Draws the menu of a tile, or its details.
type DrawTileMenu = fn(TileMenu) -> AnyView;
/// Draws what is wrong with the settings.
type DrawUnusable = fn(Unusable) -> AnyView;

/// The code of a screen on its way.
type Coming<D> = Pin<Box<dyn Future<Output = Result<D, Missing>>>>;

/// A part of the program did not arrive.
#[derive(Clone, Copy, Debug, Default)]
struct Missing {
    /// The server has another version than this page, with files of other names.
    outdated: bool,
}

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self::default()
    }
}

/// The functions that the program is split at: what only those of a name reach is in a file of its own.
macro_rules! chunks {
    ($($chunk:ident: { $($load:ident: $draw:ty = $page:expr),* $(,)? })*) => {
        mod chunk {
            use super::*;

            $($(
                #[cfg(feature = "split")]
                #[wasm_split_helpers::wasm_split($chunk, fallible)]
                pub(super) fn $load() -> Result<$draw, Missing> {
                    Ok($page)
                }

                #[cfg(not(feature = "split"))]
                pub(super) async fn $load() -> Result<$draw, Missing> {
                    Ok($page)
                }
            )*)*
        }
    };
}

chunks! {
    entry: {
        sign_in: Draw = || view! { <pages::sign_in::SignInPage /> }.into_any(),
        organizations: Draw = || view! { <pages::organizations::OrganizationsPage /> }.into_any(),
    }
    application: {
        application: DrawBeside = pages::application::applications,
    }
    further: {
        further: Draw = || view! { <pages::further::FurtherPage /> }.into_any(),
    }
    console: {
        console: Draw = || view! { <pages::further::console::ConsolePage /> }.into_any(),
    }
    rest: {
        keeper: Keeper = Keeper { happen: session::keeper::happen, draw: pages::guard::guard },
        messages: Draw = pages::messages::watch,
        other_organization: Draw = || view! { <pages::other_organization::OtherOrganizationPage /> }.into_any(),
        not_found: Draw = || view! { <pages::not_found::NotFoundPage /> }.into_any(),
        notices: Draw = || view! { <pages::notices::Notices /> }.into_any(),
        problem: DrawProblem = pages::problem::problem,
        account_menu: DrawMenu = pages::account_menu::account_menu,
        tile_menu: DrawTileMenu = pages::launcher::menu::tile_menu,
        tile_details: DrawTileMenu = pages::launcher::details::tile_details,
        unusable: DrawUnusable = pages::unusable::unusable,
    }
}

/// What keeps the session, for whom it has to wait.
pub fn keeper() -> Pin<Box<dyn Future<Output = Option<Keeper>>>> {
    Box::pin(async { chunk::keeper().await.ok() })
}

/// What the session has to say on any screen: without it this tab hears nothing of the others.
pub fn guard() -> AnyView {
    beside(MOMENT_MS, || {
        Box::pin(async { keeper().await.map(|keeper| keeper.draw).ok_or_else(Missing::default) })
    })
}

/// Sign-in.
pub fn sign_in() -> AnyView {
    when_here(|| Box::pin(chunk::sign_in()), |draw| draw(), page)
}

/// The choice of an organization.
pub fn organizations() -> AnyView {
    when_here(|| Box::pin(chunk::organizations()), |draw| draw(), page)
}

/// The applications, from the first one on that is opened; `shown` says whether one is on screen.
pub fn application(shown: Memo<bool>) -> AnyView {
    let begun = Memo::new(move |before: Option<&bool>| before == Some(&true) || shown.get());
    let failed = move |why, again| (move || shown.get().then(|| page(why, again))).into_any();
    (move || {
        begun.get().then(|| when_here(|| Box::pin(chunk::application()), move |draw| draw(shown), failed))
    })
    .into_any()
}

/// The address names another organization.
pub fn other_organization() -> AnyView {
    when_here(|| Box::pin(chunk::other_organization()), |draw| draw(), page)
}

/// The screens besides launcher and applications.
pub fn further() -> AnyView {
    when_here(|| Box::pin(chunk::further()), |draw| draw(), page)
}

/// The console for integrators, which few people ever open.
pub fn console() -> AnyView {
    when_here(|| Box::pin(chunk::console()), |draw| draw(), page)
}

/// What watches for messages, where the deployment lets it.
pub fn messages() -> AnyView {
    beside(0, || Box::pin(chunk::messages()))
}

/// The address leads nowhere.
pub fn not_found() -> AnyView {
    when_here(|| Box::pin(chunk::not_found()), |draw| draw(), page)
}

/// A failed call in place of the page's content.
pub fn problem(error: Error, place: Place, retry: Callback<()>) -> AnyView {
    when_here(|| Box::pin(chunk::problem()), move |draw| draw(&error, place, retry), missing)
}

/// The panel of the account menu.
pub fn account_menu(menu: Menu) -> AnyView {
    when_here(
        || Box::pin(chunk::account_menu()),
        move |draw| draw(menu),
        move |why, again| menu_box(menu, || leave_anyway(why, again)),
    )
}

/// The menu of a tile.
pub fn tile_menu(asked: TileMenu) -> AnyView {
    when_here(|| Box::pin(chunk::tile_menu()), move |draw| draw(asked), missing)
}

/// What is known of the application of a tile.
pub fn tile_details(asked: TileMenu) -> AnyView {
    when_here(|| Box::pin(chunk::tile_details()), move |draw| draw(asked), missing)
}

/// The settings cannot be used.
pub fn unusable(problem: Unusable) -> AnyView {
    when_here(|| Box::pin(chunk::unusable()), move |draw| draw(problem.clone()), page)
}

/// How long the first screen has the network for itself, in milliseconds.
const PAUSE_MS: u32 = 2_000;
/// At most so long until a part that did not come is asked for again.
const LONGEST_MS: u32 = 60_000;
/// The same pause for what keeps the session, which other tabs may have something to tell.
const MOMENT_MS: u32 = 500;

/// Short messages over whatever page: of a new version, of the network. Whoever is signed in also gets the code of the
/// applications, which are opened next; the code of sign-in comes when it is shown.
pub fn notices() -> AnyView {
    let session = use_session();
    let works = Memo::new(move |_| session.stage().organization().is_some());
    Effect::new(move || {
        if works.get() {
            after(PAUSE_MS, || {
                browser::spawn(async {
                    // What does not come now is asked for again when it is needed.
                    let _ = chunk::application().await;
                });
            });
        }
    });
    beside(PAUSE_MS, || Box::pin(chunk::notices()))
}

/// Draws what stands beside any screen, from the moment that its code has come; where it does not come it is asked for
/// again and again. Begins after so many milliseconds, when the browser has nothing else to do.
fn beside(milliseconds: u32, load: fn() -> Coming<Draw>) -> AnyView {
    let here: RwSignal<Option<Draw>> = RwSignal::new(None);
    let i18n = use_i18n();
    let fetch = move || {
        browser::spawn(async move {
            i18n.later().await;
            browser::later_style().await;
            let mut wait = PAUSE_MS;
            loop {
                if let Ok(draw) = load().await {
                    return here.set(Some(draw));
                }
                browser::sleep(wait).await;
                wait = (2 * wait).min(LONGEST_MS);
            }
        });
    };
    after(milliseconds, fetch);
    (move || here.get().map(|draw| draw())).into_any()
}

/// Runs something after so many milliseconds, when the browser has nothing else to do.
fn after(milliseconds: u32, run: impl FnOnce() + 'static) {
    browser::spawn(async move {
        browser::sleep(milliseconds).await;
        browser::when_idle(run);
    });
}

/// Draws, once the code is here.
type Drawer = Arc<dyn Fn() -> AnyView + Send + Sync>;
/// Asks for the code.
type Ask = Box<dyn Fn() -> Coming<Drawer> + Send + Sync>;

/// Draws when the code is here, and says so by `failed` where it does not come. The static first paint stands until
/// then.
fn when_here<D: Copy + Send + Sync + 'static>(
    load: fn() -> Coming<D>,
    draw: impl Fn(D) -> AnyView + Send + Sync + 'static,
    failed: impl Fn(Missing, Callback<()>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let draw = Arc::new(draw);
    let ask = move || -> Coming<Drawer> {
        let (code, draw) = (load(), Arc::clone(&draw));
        Box::pin(async move {
            let drawn = code.await?;
            let drawer: Drawer = Arc::new(move || draw(drawn));
            Ok(drawer)
        })
    };
    when_asked(Box::new(ask), Box::new(failed))
}

fn when_asked(ask: Ask, failed: Box<dyn Fn(Missing, Callback<()>) -> AnyView + Send + Sync>) -> AnyView {
    let here: RwSignal<Option<Result<Drawer, Missing>>> = RwSignal::new(None);
    let (i18n, leaving) = (use_i18n(), use_leaving());
    let ask = Callback::new(move |()| {
        here.set(None);
        let code = ask();
        browser::spawn(async move {
            let (mut code, ..) = futures::future::join3(code, i18n.later(), browser::later_style()).await;
            if let Err(missing) = &mut code {
                missing.outdated = browser::is_outdated().await == Some(true);
                // Nothing is lost by it, and it leads to where the person wanted to go.
                if missing.outdated && !leaving.is_any_held() && browser::renew() {
                    return;
                }
            }
            here.set(Some(code));
        });
    });
    ask.run(());
    (move || {
        let outcome = here.get()?;
        Effect::new(browser::reveal);
        Some(match outcome {
            Ok(drawer) => drawer(),
            Err(missing) => failed(missing, ask),
        })
    })
    .into_any()
}

/// In the stead of a page.
fn page(why: Missing, again: Callback<()>) -> AnyView {
    view! {
        <main class="page" id="main">
            {missing(why, again)}
        </main>
    }
    .into_any()
}

/// Without the menu there must still be a way to leave (hostile.md 44).
fn leave_anyway(why: Missing, again: Callback<()>) -> AnyView {
    let session = use_session();
    view! {
        {missing(why, again)}
        <div class="below">
            <button type="button" class="button" on:click=move |_| session.leave_anyway()>
                {tr(Text::AccountSignOut)}
            </button>
        </div>
    }
    .into_any()
}

fn missing(why: Missing, again: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    let (icon, title, detail) = if why.outdated {
        (IconName::ALERT, Text::LazyOutdated, Text::LazyOutdatedDetail)
    } else {
        (IconName::OFFLINE, Text::LazyMissing, Text::LazyMissingDetail)
    };
    let (title, detail) = (i18n.text(title), i18n.text(detail));
    // What is gone does not come by asking again.
    let again = (!why.outdated).then(|| {
        view! {
            <button type="button" class="button go" on:click=move |_| again.run(())>
                {i18n.text(Text::TryAgain)}
            </button>
        }
        .into_any()
    });
    let reload = if why.outdated { "button go" } else { "button" };
    view! {
        <PageState icon title detail=Some(detail) tone=Tone::Warn heading=true>
            {again}
            <button type="button" class=reload on:click=|_| browser::reload()>
                {i18n.text(Text::BootReload)}
            </button>
        </PageState>
    }
    .into_any()
}
