//! A plan in a link: whole or not at all.

use rand::Rng;
use weft_exchange::link::*;
use weft_exchange::weft_json;
use weft_model::{Plan, Uid};
use weft_sample::{Size, chance, sized};

fn plan() -> Plan {
    let mut plan = Plan::new();
    for act in sized(Size::USUAL, 1) {
        plan.apply(&act).unwrap();
    }
    plan
}

#[test]
fn a_plan_comes_back_from_its_link() {
    let json = weft_json::export(&plan());
    let text = to_text(&pack(Uid(4_711), &json));
    assert!(
        text.bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_')
    );
    assert_eq!(
        unpack(&from_text(&text).unwrap()),
        Ok((Uid(4_711), json.clone()))
    );
    let broken: String = text
        .as_bytes()
        .chunks(76)
        .map(|it| format!("{}\r\n ", str::from_utf8(it).unwrap()))
        .collect();
    assert_eq!(
        unpack(&from_text(&broken).unwrap()),
        Ok((Uid(4_711), json)),
        "line ends of a mail"
    );
}

/// R14: 1,000 links that were changed, and every cut.
#[test]
fn no_link_that_was_changed_or_cut_is_taken() {
    let whole = pack(
        Uid(4_711),
        br#"{"format":"weft-plan","version":1,"modules":[]}"#,
    );
    for end in 0..whole.len() {
        assert!(unpack(&whole[..end]).is_err(), "{end} bytes");
    }
    for bit in 0..whole.len() * 8 {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        // Bits that fill the last byte say nothing.
        if let Ok((id, json)) = unpack(&bytes) {
            assert_eq!(unpack(&whole), Ok((id, json)), "bit {bit}");
        }
    }
    let mut rng = chance(14);
    let json = weft_json::export(&plan());
    let whole = pack(Uid(4_711), &json);
    for round in 0..1_000 {
        let mut bytes = whole.clone();
        for _ in 0..rng.random_range(1..4) {
            let at = rng.random_range(0..bytes.len());
            bytes[at] ^= rng.random_range(1..=255u8);
        }
        if let Ok((_, read)) = unpack(&bytes) {
            assert_eq!(read, json, "round {round}");
        }
    }
}

#[test]
fn a_bomb_is_stopped_at_the_limit() {
    let bomb = pack(Uid(1), &vec![b' '; UNPACKED_LIMIT + 1]);
    assert!(bomb.len() < 40_000);
    assert_eq!(unpack(&bomb), Err(LinkError::TooLarge));
}

#[test]
fn what_is_no_link_and_what_is_newer_says_so() {
    assert_eq!(unpack(&[]), Err(LinkError::NotALink));
    assert_eq!(unpack(&[0; 40]), Err(LinkError::NotALink));
    assert_eq!(unpack(&[2; 40]), Err(LinkError::Newer));
    assert_eq!(from_text("a b!"), Err(LinkError::Damaged));
}
