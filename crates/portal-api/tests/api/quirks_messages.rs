//! contract.md 1.22, 1.24, 1.25, 1.27, 1.28 and §6, 10, 11, 15 to 17 and 20: messages.

use portal_api::message::{
    CreateMessage, GetMessageColors, GetMessageRingtones, GetUnresolvedMessages, MessageKind, UpdateMessage,
};
use portal_api::{Body, Endpoint, MissingParameter, Parts};

use crate::common::{data, read_body};

fn body(text: &str) -> Parts {
    Parts { body: Some(Body::parse(text).unwrap()), ..Parts::default() }
}

/// After the sample of 3.0.0, with its odd date.
const MESSAGE: &str = r#"{"messageId":"m1","type":1,"orgId":"o1","accessKey":"a1","body":{"default":"hot","zh_CN":"热"},
    "color":0,"ring":"1","tags":[{"en_US":"T-01"},{"default":"Wind"}],"produceTime":"24/7/2019 11:22:01",
    "zoneOffset":"+08:00","state":1,"linkedAppId":"a2","linkedMenuCode":"menu","linkedStates":"site%3D1",
    "feature":{"default":"f"},"assetId":"x","authUnitId":"u","callbackUrl":"https://c.example/","actionName":{"default":"Go"}}"#;

#[test]
fn a_whole_message() {
    let call = CreateMessage::read(&body(&format!(r#"{{"messages":[{MESSAGE}]}}"#))).unwrap();
    let message = &call.messages[0];
    assert_eq!((message.kind, message.color, message.ring), (MessageKind::Alert, Some(0), Some(1)));
    assert_eq!((message.tags.len(), message.linked_menu.as_deref()), (2, Some("menu")));
    // §6, 20: 1 is "not resolved" here, and "processed" in Update Message.
    assert!(!message.resolved);
    let mut parts = Parts::default();
    call.write(&mut parts);
    assert_eq!(CreateMessage::read(&parts), Ok(call));
    let update = r#"{"messages":[{"messageId":"m1","accessKey":"a1","state":"1"},{"messageId":7,"accessKey":"a1","state":0}]}"#;
    let update = UpdateMessage::read(&body(update)).unwrap();
    assert_eq!((update.messages[0].processed, update.messages[1].processed), (true, false));
    assert_eq!(update.messages[1].id.as_str(), "7");
}

#[test]
fn what_a_message_cannot_do_without() {
    for (key, name) in [
        ("messageId", "messageId"),
        ("orgId", "orgId"),
        ("accessKey", "accessKey"),
        ("produceTime", "produceTime"),
        ("zoneOffset", "zoneOffset"),
        ("authUnitId", "authUnitId"),
    ] {
        let text = MESSAGE.replace(&format!("\"{key}\""), "\"other\"");
        let refused = CreateMessage::read(&body(&format!(r#"{{"messages":[{text}]}}"#)));
        assert_eq!(refused, Err(MissingParameter { name }));
    }
    for none in ["{}", r#"{"messages":[]}"#, r#"{"messages":null}"#, r#"{"messages":"m"}"#] {
        assert_eq!(CreateMessage::read(&body(none)), Err(MissingParameter { name: "messages" }));
        assert_eq!(UpdateMessage::read(&body(none)), Err(MissingParameter { name: "messages" }));
    }
    let refused = UpdateMessage::read(&body(r#"{"messages":[{"messageId":"m","accessKey":"a","state":2}]}"#));
    assert_eq!(refused, Err(MissingParameter { name: "state" }));
}

#[test]
fn the_answers_of_creating_and_updating() {
    // contract.md 1.27: null to 2.4, true in 3.0.0.
    for answer in ["null", "true", "\"\"", "{}"] {
        data::<CreateMessage>(answer);
        data::<UpdateMessage>(answer);
    }
    read_body::<UpdateMessage>(r#"{"code":200,"message":""}"#).unwrap();
}

#[test]
fn ids_that_wait() {
    // contract.md 1.28: the samples to 2.4 and of 3.0.0 differ in the names of the page.
    let reply = data::<GetUnresolvedMessages>(
        r#"{"ids":["m1",17,null,"",{}],"pagination":{"total":5,"currentPage":0,"limit":10}}"#,
    );
    let ids: Vec<_> = reply.listed.entries.iter().map(|id| id.as_str()).collect();
    assert_eq!((ids, reply.listed.dropped, reply.total), (vec!["m1", "17"], 3, Some(5)));
    for none in ["null", "[]", r#"{"ids":null}"#, "true"] {
        assert_eq!(data::<GetUnresolvedMessages>(none).listed.entries, []);
    }
}

#[test]
fn colours_and_sounds() {
    // contract.md 1.24: names carry stray blanks, and ids may come as texts.
    let colors = data::<GetMessageColors>(
        r#"{"colors":[{"id":0,"name":{"default":"red","zh_CN":"红色"}},{"id":"1","name":{"en_US":"Yellow "}},{"name":"x"}]}"#,
    );
    assert_eq!((colors.entries.len(), colors.dropped), (2, 1));
    assert_eq!((colors.entries[1].id, colors.entries[1].name.texts().next()), (1, Some("Yellow")));
    let ringtones = data::<GetMessageRingtones>(r#"{"ringings":[{"id":0,"name":"No sound"},{"id":1.0}]}"#);
    assert_eq!((ringtones.entries.len(), ringtones.entries[1].id), (2, 1));
}
