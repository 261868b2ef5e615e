//! Archives that unpack to more than there is, contradict themselves, or name
//! places that are none of theirs.

use weft_sandbox::Given;

use super::made::{Entry, deflated, ended, given, noise, one, pack, raw, sum};
use super::{Bomb, Way::Look};

/// Just below the size from which a part's ratio is looked at.
const BELOW: usize = 3_900_000;
const UNPACKED: &str = "TooLarge { limit: Unpacked(104857600) }";
const BROKEN: &str = "Malformed";

pub const ALL: &[Bomb] = &[
    Bomb("64 MiB of blanks in a zip", Look, "Ratio(400)", blanks),
    Bomb(
        "ninety parts, each as large as is let pass",
        Look,
        UNPACKED,
        ninety,
    ),
    Bomb(
        "a part of 90 MiB that shrinks little",
        Look,
        "Bytes(67108864)",
        large_part,
    ),
    Bomb("100,000 entries", Look, "Entries(10000)", entries),
    Bomb(
        "an end that counts 65,535 entries and has none",
        Look,
        BROKEN,
        no_entries,
    ),
    Bomb(
        "a part that says it unpacks to 4 GiB",
        Look,
        "table 2x2",
        huge_unpacked,
    ),
    Bomb(
        "a part that says it is packed into 4 GiB",
        Look,
        "table 2x2",
        huge_packed,
    ),
    Bomb(
        "a part that says it unpacks to 10 bytes and does to 64 MiB",
        Look,
        BROKEN,
        lies_small,
    ),
    Bomb(
        "lengths of 2^63 in the fields of large archives",
        Look,
        "table 2x2",
        zip64,
    ),
    Bomb(
        "sixteen zips in each of sixteen zips in a zip",
        Look,
        "16 packed",
        nested,
    ),
    Bomb("an entry that is the archive itself", Look, BROKEN, itself),
    Bomb("ninety names for one part", Look, UNPACKED, overlapping),
    Bomb(
        "ninety parts that quote the next one's head and go on in it",
        Look,
        UNPACKED,
        quoting,
    ),
    Bomb(
        "names that climb out, begin at the root, at a drive or hold a zero",
        Look,
        "5 x Import(Malformed",
        paths,
    ),
    Bomb(
        "a hundred names of 65,000 letters",
        Look,
        "100 x Import(Empty)",
        long_names,
    ),
    Bomb(
        "nine thousand entries of one name",
        Look,
        "table 2x2",
        one_name,
    ),
    Bomb(
        "a hundred and one files in an archive",
        Look,
        "Entries(100)",
        files,
    ),
    Bomb(
        "three archives of a hundred files",
        Look,
        "Files { limit: 200 }",
        many_archives,
    ),
    Bomb(
        "six million blocks that unpack to nothing",
        Look,
        "Empty",
        empty_blocks,
    ),
    Bomb(
        "a way of packing that nobody knows",
        Look,
        BROKEN,
        unknown_method,
    ),
    Bomb(
        "forty tables of 990,000 cells each",
        Look,
        "2 x table 990x1000, 38 x Import(TooLarge { limit: Cells(2000000) })",
        cells,
    ),
    Bomb("an archive of 33 MiB", Look, "Bytes(33554432)", heavy),
];

fn blanks() -> Vec<Given> {
    saying(None, 64 << 20, &vec![b' '; 64 << 20])
}

fn ninety() -> Vec<Given> {
    let content = vec![b' '; BELOW];
    let packed = deflated(&content);
    let all: Vec<(Entry, &[u8])> = (0..90)
        .map(|at| {
            let name = format!("{at}.csv");
            (
                Entry::deflated(&name, &content, &packed, 0),
                packed.as_slice(),
            )
        })
        .collect();
    one("x.zip", raw(&all))
}

fn large_part() -> Vec<Given> {
    one("x.zip", pack(&[("a.csv", noise(90 << 20).as_bytes())]))
}

fn entries() -> Vec<Given> {
    let all: Vec<(Entry, &[u8])> = (0..100_000)
        .map(|at| (Entry::deflated(&format!("{at}.csv"), b"", b"", 0), &b""[..]))
        .collect();
    one("x.zip", raw(&all))
}

fn no_entries() -> Vec<Given> {
    one("x.zip", ended(b"PK\x03\x04".to_vec(), &[], 65_535))
}

const TABLE: &[u8] = b"code,title\nA,B\n";

/// An archive of one small table, with other words about its length.
fn saying(packed: Option<u32>, unpacked: u32, content: &[u8]) -> Vec<Given> {
    let bytes = deflated(content);
    let mut entry = Entry::deflated("a.csv", content, &bytes, 0);
    entry.says = (packed.unwrap_or(entry.says.0), unpacked);
    one("x.zip", raw(&[(entry, &bytes)]))
}

fn huge_unpacked() -> Vec<Given> {
    saying(None, u32::MAX - 1, TABLE)
}

fn huge_packed() -> Vec<Given> {
    saying(Some(u32::MAX - 1), 15, TABLE)
}

fn lies_small() -> Vec<Given> {
    saying(None, 10, &vec![b' '; 64 << 20])
}

fn zip64() -> Vec<Given> {
    let bytes = deflated(TABLE);
    let mut entry = Entry::deflated("a.csv", TABLE, &bytes, 0);
    entry.says = (u32::MAX, u32::MAX);
    let mut all = raw(&[(entry, &bytes)]);
    // The field that holds the true lengths goes into the table of contents,
    // which is the last place where the name stands.
    let at = all.windows(5).rposition(|it| it == b"a.csv").unwrap();
    let mut field = vec![1, 0, 16, 0];
    field.extend((1_u64 << 63).to_le_bytes());
    field.extend((1_u64 << 63).to_le_bytes());
    all[at - 16] = field.len() as u8;
    all.splice(at + 5..at + 5, field);
    let end = all.len();
    all[end - 10] += 20;
    one("x.zip", all)
}

fn nested() -> Vec<Given> {
    let mut inner = pack(&[("0.csv", &vec![b' '; BELOW])]);
    for _ in 0..3 {
        let names: Vec<String> = (0..16).map(|at| format!("{at}.zip")).collect();
        let parts: Vec<(&str, &[u8])> = names
            .iter()
            .map(|name| (name.as_str(), inner.as_slice()))
            .collect();
        inner = pack(&parts);
    }
    one("x.zip", inner)
}

fn itself() -> Vec<Given> {
    let mut entry = Entry::deflated("a.csv", b"", b"", 0);
    entry.method = 0;
    let empty = ended(entry.local(), &[entry.clone()], 1);
    let length = (empty.len() - entry.local().len()) as u32;
    entry.says = (length, length);
    one("x.zip", ended(entry.local(), &[entry.clone()], 1))
}

fn overlapping() -> Vec<Given> {
    let content = vec![b' '; BELOW];
    let packed = deflated(&content);
    let entry = |at: usize| Entry::deflated(&format!("{at:02}.csv"), &content, &packed, 0);
    let all: Vec<Entry> = (0..90).map(entry).collect();
    let body = [all[0].local(), packed.clone()].concat();
    one("x.zip", ended(body, &all, 90))
}

/// As by David Fifield: each part begins with a block that holds the next
/// part's head as it is, and goes on with that part.
fn quoting() -> Vec<Given> {
    let blanks = vec![b' '; BELOW];
    let kernel = deflated(&blanks);
    let mut whole = kernel;
    let mut content = blanks;
    let mut all: Vec<(Entry, usize)> = Vec::new();
    for at in 0..90 {
        let entry = Entry::deflated(&format!("{at:02}.csv"), &content, &whole, 0);
        let head = entry.local();
        all.push((entry, whole.len()));
        let length = head.len() as u16;
        let block = [&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat();
        content = [head.as_slice(), &content].concat();
        whole = [block.as_slice(), &head, &whole].concat();
    }
    // The first block has nobody to quote it.
    let bytes = whole.split_off(5);
    let length = bytes.len();
    let entries: Vec<Entry> = all
        .into_iter()
        .map(|(mut entry, packed)| {
            entry.at = (length - packed - entry.local().len()) as u32;
            entry
        })
        .collect();
    one("x.zip", ended(bytes, &entries, 90))
}

fn paths() -> Vec<Given> {
    let names = [
        "../../a.csv",
        "/etc/a.csv",
        "C:/a.csv",
        "..\\a.csv",
        "a\0.csv",
    ];
    let packed = deflated(TABLE);
    let one = |name: &&str| {
        let entry = Entry::deflated(name, TABLE, &packed, 0);
        given("x.zip", raw(&[(entry, &packed)]))
    };
    names.iter().map(one).collect()
}

fn long_names() -> Vec<Given> {
    let all: Vec<(Entry, &[u8])> = (0..100)
        .map(|at| {
            let name = format!("{at}{}.csv", "x".repeat(65_000));
            (Entry::deflated(&name, b"", &[3, 0], 0), &[3_u8, 0][..])
        })
        .collect();
    one("x.zip", raw(&all))
}

fn one_name() -> Vec<Given> {
    let packed = deflated(TABLE);
    let entry = Entry::deflated("a.csv", TABLE, &packed, 0);
    let all: Vec<(Entry, &[u8])> = (0..9_000)
        .map(|_| (entry.clone(), packed.as_slice()))
        .collect();
    one("x.zip", raw(&all))
}

fn named(count: usize) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|at| format!("{at}.csv")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), TABLE)).collect();
    pack(&parts)
}

fn files() -> Vec<Given> {
    one("x.zip", named(101))
}

fn many_archives() -> Vec<Given> {
    (0..3).map(|_| given("x.zip", named(100))).collect()
}

fn empty_blocks() -> Vec<Given> {
    let mut packed = [0, 0, 0, 0xff, 0xff].repeat(6_000_000);
    packed.extend([3, 0]);
    let entry = Entry::deflated("a.csv", b"", &packed, 0);
    one("x.zip", raw(&[(entry, &packed)]))
}

fn unknown_method() -> Vec<Given> {
    let mut entry = Entry::deflated("a.csv", TABLE, TABLE, 0);
    (entry.method, entry.sum) = (99, sum(TABLE));
    one("x.zip", raw(&[(entry, TABLE)]))
}

fn heavy() -> Vec<Given> {
    one(
        "x.zip",
        [b"PK\x03\x04".as_slice(), &vec![0; 33 << 20]].concat(),
    )
}

fn cells() -> Vec<Given> {
    let row = format!("{}\n", ",".repeat(999));
    let bytes = row.repeat(990);
    let names: Vec<String> = (0..40).map(|at| format!("{at}.csv")).collect();
    let parts: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), bytes.as_bytes()))
        .collect();
    one("x.zip", pack(&parts))
}
