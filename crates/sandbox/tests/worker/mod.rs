//! Jobs done as by the Worker's program, without a Worker: over the same bytes.

use weft_exchange::Imported;
use weft_exchange::foreign::Options;
use weft_model::Plan;
use weft_sandbox::{Answer, Entry, Failed, Given, Job, Port, ReadTable, What, answer, read, write};

/// Letters as a browser would decode them: enough of them for these tests.
pub struct Letters {
    pub shares: Vec<f64>,
}

impl Port for Letters {
    fn progress(&mut self, share: f64) {
        self.shares.push(share);
    }

    fn decode(&mut self, label: &str, bytes: &[u8]) -> Option<String> {
        // Below 0xa0 Windows-1252 differs from Latin 1, which these files avoid.
        (label == "windows-1252").then(|| bytes.iter().map(|byte| char::from(*byte)).collect())
    }

    fn hand_out(&mut self, _: &[u8]) {}
}

pub fn fixture(name: &str) -> Given {
    let path = format!("{}/../../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let file = name.rsplit('/').next().unwrap_or(name);
    given(file, &std::fs::read(path).unwrap())
}

pub fn given(name: &str, bytes: &[u8]) -> Given {
    Given {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// Through the bytes on both ways, as between the editor and the Worker.
pub fn done(job: &Job, files: &[Given]) -> Answer {
    let job: Job = read(&write(job)).unwrap();
    let answered = answer(&job, files, &mut Letters { shares: Vec::new() });
    let carried: Answer = read(&write(&answered)).unwrap();
    assert_eq!(carried, answered);
    carried
}

pub fn looked(files: &[Given]) -> Vec<Entry> {
    match done(&Job::Look, files) {
        Answer::Looked(entries) => entries,
        other => panic!("{other:?}"),
    }
}

pub fn imported(
    what: What,
    files: &[Given],
    plan: &Plan,
    options: Options,
) -> Result<Imported, Failed> {
    let job = Job::Import {
        what,
        plan: weft_document::pack_plan(plan),
        options,
        seed: 7,
    };
    match done(&job, files) {
        Answer::Imported(imported) => imported.map(|imported| *imported),
        other => panic!("{other:?}"),
    }
}

pub fn table(entry: &Entry) -> &ReadTable {
    match entry {
        Entry::Table(table) => table,
        other => panic!("{other:?}"),
    }
}

/// A zip archive of stored files.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut central = Vec::new();
    for (name, bytes) in files {
        let mut sum = 0xffff_ffff_u32;
        for byte in *bytes {
            sum ^= u32::from(*byte);
            for _ in 0..8 {
                sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
            }
        }
        let (length, at) = (bytes.len() as u32, out.len() as u32);
        let mut common = Vec::new();
        for two in [20_u16, 0, 0, 0, 0x21] {
            common.extend(two.to_le_bytes());
        }
        for four in [!sum, length, length] {
            common.extend(four.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(*bytes);
        central.extend(b"PK\x01\x02\x14\x00");
        central.extend(&common);
        central.extend([0; 10]);
        central.extend(at.to_le_bytes());
        central.extend(name.as_bytes());
    }
    let (start, size, count) = (out.len() as u32, central.len() as u32, files.len() as u16);
    out.extend(central);
    out.extend(b"PK\x05\x06\x00\x00\x00\x00");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}
