//! What `view!` is written out as. Leptos gives each view, each reactive part and each attribute a type of its own, and
//! each type its own copy of the code that builds, changes and drops it: most of the program. Here there is one element
//! type, and what is drawn is drawn at once (docs/decisions.md, "The program").
//!
//! A reactive part is drawn anew when what it reads changes; a reactive attribute only changes the attribute.

mod child;
mod each;
mod value;

use any_spawner::Executor;
use leptos::ev::EventDescriptor;
use leptos::html::ElementType;
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::owner::Owner;
use leptos::tachys::html::node_ref::NodeRefContainer;

pub use self::child::{Child, Children, ChildrenFn, ToChildren};
pub use self::each::each;
pub use self::value::{Property, Value, Write};
use crate::browser::draw::{self, Element, Node, RawEvent, Typed};
pub use portal_view::view;

/// What `view!` gives: nodes that are drawn and wait for their place in the document.
#[derive(Debug)]
pub struct Part(Node);

impl Part {
    /// Nothing.
    pub fn empty() -> Self {
        El::fragment().part()
    }

    /// Anything that can be in a view, as a view.
    pub fn of(child: impl Child) -> Self {
        El::fragment().child(child).part()
    }
}

/// An element that is being drawn.
#[derive(Debug)]
pub struct El(Element);

impl El {
    /// An element of HTML.
    pub fn new(tag: &'static str) -> Self {
        Self(draw::element(tag))
    }

    /// An element of a picture.
    pub fn svg(tag: &'static str) -> Self {
        Self(draw::svg(tag))
    }

    /// Several nodes beside each other.
    pub fn fragment() -> Self {
        Self(draw::bag())
    }

    /// An attribute, fixed or reactive; `None` and `false` mean that it is not there.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl Value) -> Self {
        value.write(&self.0, name, draw::set_attribute);
        self
    }

    /// A property of the style, fixed or reactive.
    #[must_use]
    pub fn style(self, name: &'static str, value: impl Value) -> Self {
        value.write(&self.0, name, draw::set_style);
        self
    }

    /// A property of the element's object, such as the text in a box.
    #[must_use]
    pub fn prop(self, name: &'static str, value: impl Property) -> Self {
        value.write(&self.0, name);
        self
    }

    /// Runs something when an event happens in the element.
    #[must_use]
    pub fn on<E: EventDescriptor>(self, event: E, mut handler: impl FnMut(E::EventType) + 'static) -> Self
    where
        E::EventType: From<RawEvent>,
    {
        draw::listen(&self.0, &event.name(), Box::new(move |event| handler(event.into())));
        self
    }

    /// Hands the element to who waits for it.
    #[must_use]
    pub fn node_ref<E: ElementType>(self, node_ref: NodeRef<E>) -> Self
    where
        E::Output: Typed + 'static,
    {
        node_ref.load(&self.0);
        self
    }

    /// Something in the element.
    #[must_use]
    pub fn child(self, child: impl Child) -> Self {
        child.put(&self.0);
        self
    }

    /// Fixed text in the element.
    #[must_use]
    pub fn text(self, text: &'static str) -> Self {
        draw::append_text(&self.0, text);
        self
    }

    /// The element as a view.
    pub fn part(self) -> Part {
        Part(self.0.into())
    }
}

/// Puts a view at the end of the page, for as long as the page stands.
pub fn mount(view: impl FnOnce() -> Part) {
    // Fails only where it is done already.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.set();
    draw::append_to_page(&view().0);
    // Nothing outlives the page.
    std::mem::forget(owner);
}

/// Runs something now and whenever what it read has changed, until the owner's end. One type for all, so that the
/// code for it exists once.
fn follow(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    on_cleanup(move || drop(effect));
}
