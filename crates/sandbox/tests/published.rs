//! Frameworks as their publishers put them together: archives with more in them than
//! is read.

use crate::worker::*;
use weft_exchange::foreign::{Foreign, Options};
use weft_model::Plan;
use weft_sandbox::{Entry, Given, What};

/// Lists that publishers put beside those that are read, with heads of theirs.
fn beside_esco() -> Vec<(&'static str, &'static [u8])> {
    vec![
        (
            "ISCOGroups_en.csv",
            b"conceptType,conceptUri,code,preferredLabel,status\nISCOGroup,http://data.europa.eu/esco/isco/C0,0,Armed forces,released\n",
        ),
        (
            "conceptSchemes_en.csv",
            b"conceptType,conceptSchemeUri,preferredLabel,title,status,description,hasTopConcept\nConceptScheme,http://data.europa.eu/esco/concept-scheme/green,Green,,released,,\n",
        ),
        (
            "skillsHierarchy_en.csv",
            b"Level 0 URI,Level 0 preferred term,Level 1 URI,Description\nhttp://data.europa.eu/esco/skill/K,knowledge,,All\n",
        ),
    ]
}

#[test]
fn lists_that_lie_beside_those_of_a_framework_are_passed_over_and_named() {
    let wanted = [
        "esco/extract_occupations_en.csv",
        "esco/extract_skills_en.csv",
        "esco/extract_occupationSkillRelations.csv",
    ];
    let lists: Vec<Given> = wanted.iter().map(|name| fixture(name)).collect();
    let beside = beside_esco();
    // As they lie in the archive: others first, between and behind.
    let mut parts: Vec<(&str, &[u8])> = vec![beside[0]];
    for (at, list) in lists.iter().enumerate() {
        parts.push((&list.name, &list.bytes));
        parts.extend(beside.get(at + 1).copied());
    }
    let archive = [given("ESCO dataset.zip", &zipped(&parts))];
    let unpacked: Vec<Given> = (parts.iter())
        .map(|(name, bytes)| given(name, bytes))
        .collect();
    for files in [&archive[..], &unpacked[..]] {
        let entries = looked(files);
        let (known, others): (Vec<_>, Vec<_>) = (entries.iter()).partition(|it| {
            matches!(
                it,
                Entry::Known {
                    what: What::Foreign(Foreign::Esco),
                    ..
                }
            )
        });
        assert_eq!(known.len(), 3, "{entries:?}");
        let [Entry::Beside(names)] = others[..] else {
            panic!("{others:?}");
        };
        assert_eq!(names.len(), 3);
        for ((name, _), told) in beside.iter().zip(names) {
            assert!(told.ends_with(name), "{told}");
        }
    }
    let what = What::Foreign(Foreign::Esco);
    let asked = imported(what, &archive, &Plan::new(), Options::default()).unwrap();
    assert_eq!(asked.questions.len(), 1);
}

#[test]
fn office_files_and_archives_within_an_archive_are_named_and_the_rest_comes_in() {
    let table = "code,title,hours\nM1,Turning,40\n".as_bytes();
    let mixed: [(&str, &[u8]); 4] = [
        ("plan/progress.xlsx", b"PK"),
        ("plan/modules.csv", table),
        ("__MACOSX/._progress.xlsx", b"PK"),
        ("inner.ZIP", b"PK"),
    ];
    let entries = looked(&[given("all.zip", &zipped(&mixed))]);
    let [Entry::Packed { name, names }, Entry::Table(_)] = &entries[..] else {
        panic!("{entries:?}");
    };
    assert_eq!(
        (name.as_str(), names.join(" ").as_str()),
        ("all.zip", "plan/progress.xlsx inner.ZIP")
    );
    let entries = looked(&[given("all.zip", &zipped(&[("inner.zip", b"PK")]))]);
    assert!(
        matches!(&entries[..], [Entry::Packed { .. }]),
        "{entries:?}"
    );
}

#[test]
fn an_archive_larger_than_all_that_is_unpacked_gives_the_lists_that_are_wanted() {
    let names = ["Occupation Data.txt", "Task Statements.txt"];
    let wanted = names.map(|name| fixture(&format!("onet/{name}")));
    let head = b"O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\n";
    let line = b"11-1011.00\t1.A.1.a.1\tOral Comprehension\tIM\t4.50\n";
    let mut ratings = head.to_vec();
    while ratings.len() < 60 << 20 {
        ratings.extend(line);
    }
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("db/Abilities.txt", &ratings),
        ("db/Work Context.txt", &ratings),
    ];
    let own = names.map(|name| format!("db/{name}"));
    for (name, file) in own.iter().zip(&wanted) {
        parts.push((name, &file.bytes));
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        let packed = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, packed).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    let archive = [given("db_text.zip", zip.finish().unwrap().get_ref())];
    let entries = looked(&archive);
    let known = |it: &&Entry| {
        matches!(
            it,
            Entry::Known {
                what: What::Foreign(Foreign::Onet),
                ..
            }
        )
    };
    assert_eq!(entries.iter().filter(known).count(), 2, "{entries:?}");
    let last = entries.last().unwrap();
    assert!(
        matches!(last, Entry::Beside(names) if names.len() == 2),
        "{last:?}"
    );
    let what = What::Foreign(Foreign::Onet);
    let asked = imported(what, &archive, &Plan::new(), Options::default()).unwrap();
    assert_eq!(asked.questions.len(), 1);
}

#[test]
fn a_list_is_known_by_its_first_line_whatever_letters_follow() {
    let head = b"conceptType,conceptUri,iscoGroup,preferredLabel,description\n";
    let line = "Occupation,http://data.europa.eu/esco/occupation/1,7223,Zerspanungsmechaniker,";
    // A letter of two bytes at every place around the one up to which an archive looks.
    let cut = |shift: usize| {
        let mut bytes = [head, line.as_bytes()].concat();
        let letters = "ä".repeat((80 << 10) / 2);
        bytes.extend("x".repeat(shift).bytes().chain(letters.bytes()));
        bytes
    };
    // And one as it was saved before Unicode.
    let mut old = [head, line.as_bytes()].concat();
    old.extend(b"f\xfcr gro\xdfe Teile\n");
    let relations = fixture("esco/extract_occupationSkillRelations.csv");
    for list in [cut(0), cut(1), old] {
        let parts: [(&str, &[u8]); 2] = [
            ("relations.csv", &relations.bytes),
            ("occupations_de.csv", &list),
        ];
        let archive = [given("esco.zip", &zipped(&parts))];
        let apart = parts.map(|(name, bytes)| given(name, bytes));
        for files in [&archive[..], &apart[..]] {
            let known = |it: &Entry| {
                matches!(
                    it,
                    Entry::Known {
                        what: What::Foreign(Foreign::Esco),
                        ..
                    }
                )
            };
            let entries = looked(files);
            assert!(
                entries.len() == 2 && entries.iter().all(known),
                "{entries:?}"
            );
        }
    }
}
