//! Applications and messages (contract.md 1.22 to 1.28).

use super::{APPLICATION_QUERY, Description, Kind, ORGANIZATION, PAGE, Parameter};
use crate::application::{GetAppMenuAndPermission, GetUserApplications};
use crate::message::{
    CreateMessage, GetMessageColors, GetMessageRingtones, GetUnresolvedMessages, UpdateMessage,
};

pub(super) static ALL: &[Description] = &[
    Description::of::<CreateMessage>(
        &[Parameter::body(
            "messages",
            "A list of messages. Mandatory in each: messageId, orgId, accessKey, produceTime (UTC), zoneOffset, \
             authUnitId. In state 0 is resolved and 1 is not.",
            r#"[{"messageId":"console-1","type":0,"orgId":"o15724268424841","accessKey":"0f4c2a8e-access-key","body":{"default":"Hello from the console"},"produceTime":"2026-11-22 00:00:00","zoneOffset":"+00:00","state":1,"authUnitId":"abcd1234"}]"#,
        )
        .kind(Kind::Json)],
        &[],
    )
    .writing(),
    Description::of::<GetAppMenuAndPermission>(
        &[APPLICATION_QUERY],
        &[31400, 31401, 31403, 31404, 31512],
    ),
    Description::of::<GetMessageColors>(&[], &[]),
    Description::of::<GetMessageRingtones>(&[], &[]),
    Description::of::<GetUserApplications>(&[], &[31401, 31512]),
    Description::of::<UpdateMessage>(
        &[Parameter::body(
            "messages",
            "A list of at most 1,000. Mandatory in each: messageId, accessKey, state. In state 0 is not processed and \
             1 is, the opposite of Create Message.",
            r#"[{"messageId":"console-1","accessKey":"0f4c2a8e-access-key","state":1}]"#,
        )
        .kind(Kind::Json)],
        &[31400],
    )
    .writing(),
    Description::of::<GetUnresolvedMessages>(
        &[
            Parameter::body("accessKey", "The application, by its access key.", "0f4c2a8e-access-key"),
            ORGANIZATION,
            PAGE.optional(),
        ],
        &[31400, 31404],
    ),
];
