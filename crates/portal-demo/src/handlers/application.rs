//! Applications and their menus (contract.md 1.23, 1.26).

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use serde_json::{Value, json};

use crate::catalogue::{Application, ApplicationSentinel, Content, OrganizationSentinel};
use crate::dispatch::{Call, Served};
use crate::reply::{self, Answer, FORBIDDEN, Fault, NOT_FOUND, TOO_MANY};
use crate::{generate, wire};

/// How late the menus of an application that shows slowness are.
const SLOW_MENUS_MS: u32 = 4000;

impl Served for GetUserApplications {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = call.organization()?;
        if organization.sentinel == OrganizationSentinel::Busy {
            return Err(Fault::new(TOO_MANY, "Too many requests. Try again in 30 seconds."));
        }
        let writer = wire::Writer::new(call.catalogue, call.options, organization);
        let applications: Vec<Value> = match &organization.content {
            // By id: the service promises no order, `order` does; a client that does not sort shows it at once.
            Content::Listed(applications) => {
                let mut by_id: Vec<&Application> = applications.iter().collect();
                by_id.sort_by(|a, b| a.id.cmp(&b.id));
                by_id.into_iter().map(|application| writer.application(application)).collect()
            }
            Content::Generated(count) => generate::applications(call.options.seed, *count)
                .map(|application| writer.application(&application))
                .collect(),
            Content::Verbatim { applications, .. } => {
                applications.iter().map(|entry| writer.verbatim(entry)).collect()
            }
        };
        Ok(Answer::List(json!({ "apps": applications, "pagination": null })))
    }
}

impl Served for GetAppMenuAndPermission {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = call.organization()?;
        let id = self.application.as_str();
        let writer = wire::Writer::new(call.catalogue, call.options, organization);
        let absent = || Fault::new(NOT_FOUND, "Can not find this application.");
        match &organization.content {
            Content::Listed(applications) => {
                let application = applications.iter().find(|entry| entry.id == id).ok_or_else(absent)?;
                resources(call, &writer, application)
            }
            Content::Generated(count) => {
                let application = generate::application(call.options.seed, *count, id).ok_or_else(absent)?;
                resources(call, &writer, &application)
            }
            Content::Verbatim { menus, .. } => {
                let stored = menus.get(id).ok_or_else(absent)?;
                Ok(generate::strange_menus(stored).unwrap_or_else(|| Answer::Data(writer.verbatim(stored))))
            }
        }
    }
}

fn resources(
    call: &mut Call<'_>,
    writer: &wire::Writer<'_>,
    application: &Application,
) -> Result<Answer, Fault> {
    if !application.enabled {
        return Err(Fault::new(FORBIDDEN, "The application is not enabled."));
    }
    match application.sentinel {
        ApplicationSentinel::None => {}
        ApplicationSentinel::NotAcquired => {
            return Err(Fault::new(NOT_FOUND, "The organization has not acquired this application."));
        }
        ApplicationSentinel::Forbidden => {
            return Err(Fault::new(FORBIDDEN, "No access to this application."));
        }
        ApplicationSentinel::ServerError => {
            return Err(Fault::Status { status: 500, message: "Internal server error" });
        }
        ApplicationSentinel::Gateway => return Err(reply::BAD_GATEWAY),
        ApplicationSentinel::EmptyReply => {
            return Ok(Answer::Verbatim { content_type: reply::JSON, body: String::new() });
        }
        ApplicationSentinel::Slow => call.delay_ms = SLOW_MENUS_MS,
    }
    Ok(Answer::Data(writer.resources(application)))
}
