//! Links, files with history, pages, parts of shared folders and pictures that
//! lie about their lengths or unpack to more than there is.

use weft_exchange::link;
use weft_model::Uid;
use weft_sandbox::Given;
use weft_session::{html_file, log, weft_file};

use super::made::one;
use super::{Bomb, Way};

pub const ALL: &[Bomb] = &[
    Bomb(
        "a link that unpacks to a gigabyte",
        Way::Link,
        "TooLarge",
        link_bomb,
    ),
    Bomb(
        "a link of six million blocks that unpack to nothing",
        Way::Link,
        "Ok",
        link_blocks,
    ),
    Bomb(
        "a link of 16 MiB of text that is no base64",
        Way::Link,
        "Damaged",
        link_text,
    ),
    Bomb(
        "a history that says it is 2^64 bytes long",
        Way::Weft,
        "Torn",
        weft_length,
    ),
    Bomb(
        "a head that says it is four gigabytes long",
        Way::Weft,
        "Damaged",
        weft_head,
    ),
    Bomb("a head of 40 MiB", Way::Weft, "Damaged", weft_long_head),
    Bomb(
        "a head nested a hundred thousand times",
        Way::Weft,
        "Damaged",
        weft_deep_head,
    ),
    Bomb(
        "a history of 40 MiB that is none",
        Way::Try,
        "tried",
        weft_history,
    ),
    Bomb(
        "a snapshot with lengths of 2^63 in it",
        Way::Try,
        "tried",
        weft_varints,
    ),
    Bomb("a page of 60 MiB of plan", Way::Page, "found", page),
    Bomb(
        "a page of 60 MiB of plan in short lines",
        Way::Page,
        "found",
        page_lines,
    ),
    Bomb(
        "a page of a million plans",
        Way::Page,
        "PageWithPlans",
        page_plans,
    ),
    Bomb(
        "a page of 60 million beginnings of elements",
        Way::Page,
        "PageWithoutPlan",
        page_tags,
    ),
    Bomb(
        "a part of a folder with a frame of four gigabytes",
        Way::Try,
        "tried",
        part_length,
    ),
    Bomb(
        "a part of a folder with a million empty frames",
        Way::Try,
        "tried",
        part_frames,
    ),
    Bomb(
        "a log whose record says it is four gigabytes long",
        Way::Log,
        "0 good",
        log_length,
    ),
    Bomb(
        "a log of a million empty records",
        Way::Log,
        "1000000 good",
        log_records,
    ),
    Bomb(
        "a picture that says it is 2^32 by 2^32",
        Way::Picture(1 << 32, 1 << 32),
        "0 codes",
        tiny,
    ),
    Bomb(
        "a picture of noise",
        Way::Picture(1_200, 1_200),
        "0 codes",
        noisy,
    ),
    Bomb(
        "a picture of nothing but corners of codes",
        Way::Picture(1_200, 1_200),
        "0 codes",
        corners,
    ),
    Bomb(
        "a picture of a chess board",
        Way::Picture(2_000, 2_000),
        "0 codes",
        chess,
    ),
];

fn link_bomb() -> Vec<Given> {
    // A block of zeros over and over: the sum is never looked at.
    let mut packed = link::pack(Uid(1), &vec![b' '; 64 << 20]);
    let head = packed.split_off(17);
    // Not last: more of the same follows.
    let mut all = packed;
    all.extend(head);
    one("link", all)
}

fn link_blocks() -> Vec<Given> {
    let mut all = link::pack(Uid(1), b"");
    all.truncate(17);
    all.extend([0, 0, 0, 0xff, 0xff].repeat(6_000_000));
    all.extend([3, 0]);
    one("link", all)
}

fn link_text() -> Vec<Given> {
    one("text", "a b!".repeat(4 << 20))
}

fn fixed(head: u32, history: u64) -> Vec<u8> {
    let mut out = weft_file::MARK.to_vec();
    out.extend(weft_file::VERSION.to_le_bytes());
    out.extend(head.to_le_bytes());
    out.extend(history.to_le_bytes());
    out
}

fn weft_length() -> Vec<Given> {
    one(
        "x.weft",
        [fixed(2, u64::MAX).as_slice(), b"{}", &[0; 32]].concat(),
    )
}

fn weft_head() -> Vec<Given> {
    one("x.weft", [fixed(u32::MAX, 1).as_slice(), &[0; 64]].concat())
}

/// A file whose sum is right, around this head and history.
fn summed(head: &[u8], history: &[u8]) -> Vec<Given> {
    use sha2::{Digest as _, Sha256};
    let mut out = fixed(head.len() as u32, history.len() as u64);
    out.extend(head);
    out.extend(history);
    let sum = Sha256::digest(&out);
    out.extend(sum);
    one("x.weft", out)
}

fn weft_long_head() -> Vec<Given> {
    summed(&vec![b' '; 40 << 20], b"")
}

fn weft_deep_head() -> Vec<Given> {
    summed("[".repeat(100_000).as_bytes(), b"")
}

const HEAD: &[u8] = br#"{"plan":"0000000000007","title":{},"saved_millis":0}"#;

fn weft_history() -> Vec<Given> {
    summed(HEAD, &[0xff; 40 << 20])
}

/// Something that begins as a document does and goes on with numbers that never
/// end: wherever a length is read, it is huge.
fn weft_varints() -> Vec<Given> {
    let mut history = b"loro".to_vec();
    history.extend([0; 12]);
    let mut body = [0, 3].to_vec();
    body.extend([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f].repeat(100_000));
    history.extend(&[0; 4]);
    history.extend(body);
    summed(HEAD, &history)
}

fn around(plan: &str) -> Vec<Given> {
    let mark = html_file::PLAN_MARK;
    one("x.html", format!("<!doctype html>{mark}{plan}</script>"))
}

fn page() -> Vec<Given> {
    around(&"AAAA".repeat(15 << 20))
}

fn page_lines() -> Vec<Given> {
    around(&"AAAAAAAAAAAAAAAAAAA\n".repeat(3 << 20))
}

fn page_plans() -> Vec<Given> {
    let mark = html_file::PLAN_MARK;
    one(
        "x.html",
        format!("<!doctype html>{}", mark.repeat(1_000_000)),
    )
}

fn page_tags() -> Vec<Given> {
    one(
        "x.html",
        format!("<!doctype html>{}", "<".repeat(60_000_000)),
    )
}

/// A part of a folder of one frame, and what stands behind it.
fn part(behind: &[u8]) -> Vec<Given> {
    let head =
        br#"{"plan":"0000000000007","device":"0000000000008","writing":1,"program":1,"schema":1}"#;
    // The frame of an update under another letter, with its sum made right.
    let mut frame = log::frame(log::RecordKind::Update, head);
    frame[4] = b'H';
    let mut sum = flate2::Crc::new();
    sum.update(&frame[4..9]);
    sum.update(head);
    frame[9..13].copy_from_slice(&sum.sum().to_le_bytes());
    frame.extend(behind);
    one("weft-0000000000007-0000000000008.weftpart", frame)
}

fn lying() -> Vec<u8> {
    let mut record = log::frame(log::RecordKind::Update, b"x");
    record[5..9].copy_from_slice(&u32::MAX.to_le_bytes());
    record
}

fn part_length() -> Vec<Given> {
    part(&lying())
}

fn part_frames() -> Vec<Given> {
    part(&log::frame(log::RecordKind::Update, b"").repeat(1_000_000))
}

fn log_length() -> Vec<Given> {
    one("log", lying())
}

fn log_records() -> Vec<Given> {
    one(
        "log",
        log::frame(log::RecordKind::Update, b"").repeat(1_000_000),
    )
}

fn tiny() -> Vec<Given> {
    one("picture", vec![0; 100])
}

fn grey(side: usize, of: impl Fn(usize, usize) -> bool) -> Vec<Given> {
    let all = (0..side * side).map(|at| if of(at % side, at / side) { 0 } else { 255 });
    one("picture", all.collect::<Vec<u8>>())
}

fn noisy() -> Vec<Given> {
    let of = |x: usize, y: usize| {
        let mixed = (x * 7_919 + y * 104_729).wrapping_mul(2_654_435_761) >> 7;
        mixed & 1 == 0
    };
    grey(1_200, of)
}

fn corners() -> Vec<Given> {
    let of = |x: usize, y: usize| {
        let (x, y) = (x % 9, y % 9);
        let ring = x.abs_diff(4).max(y.abs_diff(4));
        ring == 3 || ring <= 1
    };
    grey(1_200, of)
}

fn chess() -> Vec<Given> {
    grey(2_000, |x, y| (x / 4 + y / 4).is_multiple_of(2))
}
