//! contract.md 0.5 and §6, 16: lists that come in pages.

use portal_api::message::GetUnresolvedMessages;
use portal_api::{ApplicationId, Endpoint, MissingParameter, OrganizationId, Page, Parts};
use proptest::prelude::*;

use crate::common::data;

fn numbers(pagination: &str) -> [Option<u64>; 3] {
    let reply = data::<GetUnresolvedMessages>(&format!(r#"{{"ids":["m"],"pagination":{pagination}}}"#));
    assert_eq!((reply.listed.entries.len(), reply.listed.dropped), (1, 0), "{pagination}");
    [reply.total, reply.number, reply.size]
}

#[test]
fn all_spellings() {
    let all = [Some(120), Some(2), Some(50)];
    for pagination in [
        r#"{"totalElements":120,"pageNo":2,"pageSize":50}"#,
        r#"{"total":120,"currentPage":2,"limit":50}"#,
        r#"{"totalElements":120,"PageNo":2,"PageSize":50}"#,
        r#"{"totalSize":120,"pageNo":2,"pageSize":50}"#,
        r#"{"totalElements":"120","pageNo":"2","pageSize":50.0,"sorters":[]}"#,
        r#"[{"totalelements":120,"PAGENO":2,"pagesize":50}]"#,
    ] {
        assert_eq!(numbers(pagination), all, "{pagination}");
    }
    for none in ["null", "{}", "[]", "\"\"", "7", r#"{"totalElements":-1,"pageNo":null,"pageSize":"many"}"#] {
        assert_eq!(numbers(none), [None; 3], "{none}");
    }
    let bare = data::<GetUnresolvedMessages>(r#"{"ids":["m"]}"#);
    assert_eq!((bare.listed.entries.len(), bare.total), (1, None));
}

fn read(body: &str) -> Result<Page, MissingParameter> {
    let body = portal_api::Body::parse(body).unwrap();
    GetUnresolvedMessages::read(&Parts { body: Some(body), ..Parts::default() }).map(|call| call.page)
}

#[test]
fn pages_that_are_none() {
    // contract.md 0.5: page 0 of 1000 where nothing is said.
    assert_eq!(read(r#"{"accessKey":"a","orgId":"o"}"#), Ok(Page::FIRST));
    assert_eq!(read(r#"{"accessKey":"a","orgId":"o","pagination":null}"#), Ok(Page::FIRST));
    let page = r#"{"accessKey":"a","orgId":"o","pagination":{"pageNo":"3","pageSize":20,"sorters":[]}}"#;
    assert_eq!(read(page), Ok(Page { number: 3, size: 20 }));
    for wrong in
        ["{}", "7", r#"{"pageNo":-1,"pageSize":1}"#, r#"{"pageNo":0,"pageSize":0}"#, r#"{"pageNo":0}"#]
    {
        let body = format!(r#"{{"accessKey":"a","orgId":"o","pagination":{wrong}}}"#);
        assert_eq!(read(&body), Err(MissingParameter { name: "pagination" }), "{wrong}");
    }
}

proptest! {
    #[test]
    fn the_service_reads_the_page_that_was_written(number: u32, size in 1_u32..) {
        let call = GetUnresolvedMessages {
            application: ApplicationId::parse("a").unwrap(),
            organization: OrganizationId::parse("o").unwrap(),
            page: Page { number, size },
        };
        let mut parts = Parts::default();
        call.write(&mut parts);
        prop_assert_eq!(GetUnresolvedMessages::read(&parts), Ok(call));
    }
}
