//! CTDL-ASN as its contexts and schemas have it: every term that goes out is one
//! of theirs, its values are of the kind that its context gives them, and it is
//! said of the classes, and leads to the classes, that its schema names.
//!
//! The facts are from Credential Engine's documents
//! `credreg.net/ctdl/schema/context/json`, `credreg.net/ctdlasn/schema/context/json`
//! and the encodings beside them (CC BY 4.0), in the state of 6 August 2026 that
//! ChelseaKR/ctdl-validate holds.

use crate::random_plan;
use std::collections::{BTreeMap, BTreeSet};

use crate::figured::{example, written};
use serde_json::{Map, Value as Json};
use weft_model::*;

/// What a context makes of the values of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    /// `@container: @language`: texts by language.
    Words,
    /// `@type: xsd:string`.
    Text,
    /// `@type: xsd:language`.
    Language,
    /// `@type: xsd:dateTime`.
    Moment,
    /// `@type: xsd:float`.
    Number,
    /// `@type: schema:Duration`.
    Length,
    /// `@type: @id`, to nodes of the file of these classes.
    Node(&'static [&'static str]),
    /// `@type: @id`, to anything that has an address.
    Address,
    /// `@type: @id`, with the node of one of these classes in its place.
    Within(&'static [&'static str]),
}

const FRAMEWORK: &str = "ceasn:CompetencyFramework";
const COMPETENCY: &str = "ceasn:Competency";
const COURSE: &str = "ceterms:Course";
const ORGANIZATION: &str = "ceterms:Organization";
const ALIGNMENT: &str = "ceterms:CredentialAlignmentObject";
const VALUE: &str = "ceterms:ValueProfile";
const DURATION: &str = "ceterms:DurationProfile";

/// A term, what its values are, and the classes that it is said of.
type Term = (&'static str, Is, &'static [&'static str]);

const TERMS: &[Term] = &[
    (
        "ceterms:ctid",
        Is::Text,
        &[FRAMEWORK, COMPETENCY, COURSE, ORGANIZATION],
    ),
    ("ceasn:name", Is::Words, &[FRAMEWORK]),
    ("ceasn:description", Is::Words, &[FRAMEWORK]),
    ("ceasn:publisher", Is::Node(&[ORGANIZATION]), &[FRAMEWORK]),
    ("ceasn:publisherName", Is::Words, &[FRAMEWORK]),
    ("ceasn:dateModified", Is::Moment, &[FRAMEWORK, COMPETENCY]),
    ("ceasn:license", Is::Address, &[FRAMEWORK, COMPETENCY]),
    ("ceasn:hasTopChild", Is::Node(&[COMPETENCY]), &[FRAMEWORK]),
    ("ceasn:inLanguage", Is::Language, &[FRAMEWORK, COMPETENCY]),
    ("ceasn:competencyText", Is::Words, &[COMPETENCY]),
    ("ceasn:codedNotation", Is::Text, &[FRAMEWORK, COMPETENCY]),
    ("ceasn:competencyCategory", Is::Words, &[COMPETENCY]),
    ("ceasn:comment", Is::Words, &[COMPETENCY]),
    ("ceasn:isPartOf", Is::Node(&[FRAMEWORK]), &[COMPETENCY]),
    ("ceasn:isTopChildOf", Is::Node(&[FRAMEWORK]), &[COMPETENCY]),
    ("ceasn:isChildOf", Is::Node(&[COMPETENCY]), &[COMPETENCY]),
    ("ceasn:hasChild", Is::Node(&[COMPETENCY]), &[COMPETENCY]),
    ("ceasn:exactAlignment", Is::Address, &[COMPETENCY]),
    ("ceterms:name", Is::Words, &[COURSE, ORGANIZATION]),
    (
        "ceterms:description",
        Is::Words,
        &[COURSE, ORGANIZATION, DURATION],
    ),
    ("ceterms:codedNotation", Is::Text, &[COURSE, ALIGNMENT]),
    ("ceterms:inLanguage", Is::Language, &[COURSE]),
    ("ceterms:creditValue", Is::Within(&[VALUE]), &[COURSE]),
    ("schema:value", Is::Number, &[VALUE]),
    (
        "ceterms:estimatedDuration",
        Is::Within(&[DURATION]),
        &[COURSE],
    ),
    ("ceterms:exactDuration", Is::Length, &[DURATION]),
    ("ceterms:ownedBy", Is::Node(&[ORGANIZATION]), &[COURSE]),
    ("ceterms:teaches", Is::Within(&[ALIGNMENT]), &[COURSE]),
    ("ceterms:targetNode", Is::Address, &[ALIGNMENT]),
    ("ceterms:targetNodeName", Is::Words, &[ALIGNMENT]),
    ("ceterms:framework", Is::Address, &[ALIGNMENT]),
    ("ceterms:frameworkName", Is::Words, &[ALIGNMENT]),
];

/// What is wrong with a file, and the terms that it uses.
#[derive(Default)]
struct Judge {
    classes: BTreeMap<String, String>,
    used: BTreeSet<&'static str>,
    wrong: Vec<String>,
}

impl Judge {
    fn of(file: &Json) -> Self {
        let mut judge = Self::default();
        let graph = file["@graph"].as_array().unwrap();
        for node in graph {
            let [id, class] = ["@id", "@type"].map(|key| node[key].as_str().unwrap().to_owned());
            judge.classes.insert(id, class);
        }
        for node in graph {
            judge.node(node.as_object().unwrap());
        }
        judge
    }

    fn node(&mut self, node: &Map<String, Json>) {
        let class = node["@type"].as_str().unwrap();
        for (key, value) in node.iter().filter(|(key, _)| !key.starts_with('@')) {
            let Some((term, is, of)) = TERMS.iter().find(|(term, ..)| term == key) else {
                self.wrong.push(format!("{key} is no term"));
                continue;
            };
            self.used.insert(term);
            if !of.contains(&class) {
                self.wrong.push(format!("{key} of {class}"));
            }
            let fits = match (is, value) {
                (Is::Words, Json::Object(words)) => {
                    words.iter().all(|(lang, said)| is_said(lang, said))
                }
                (Is::Words, _) => false,
                (_, Json::Array(all)) => {
                    !all.is_empty() && all.iter().all(|one| self.fits(*is, one))
                }
                (_, one) => self.fits(*is, one),
            };
            if !fits {
                self.wrong.push(format!("{key} is {value}"));
            }
        }
        if let Some(ctid) = node.get("ceterms:ctid")
            && !is_ctid(ctid.as_str().unwrap_or_default())
        {
            self.wrong.push(format!("{ctid} is no CTID"));
        }
    }

    fn fits(&mut self, is: Is, value: &Json) -> bool {
        if let (Is::Within(classes), Json::Object(node)) = (is, value) {
            self.node(node);
            return classes.contains(&node["@type"].as_str().unwrap());
        }
        if is == Is::Number {
            return value.is_number();
        }
        let Some(text) = value.as_str() else {
            return false;
        };
        let is_address = ["urn:uuid:", "https://", "http://"];
        match is {
            Is::Text => !text.is_empty(),
            Is::Language => Lang::new(text).is_some(),
            Is::Moment => text.len() >= 20 && text.as_bytes()[10] == b'T',
            Is::Length => text.starts_with('P') && text.len() > 2,
            Is::Address => is_address.iter().any(|start| text.starts_with(start)),
            Is::Node(classes) => {
                let class = self.classes.get(text);
                class.is_some_and(|class| classes.contains(&class.as_str()))
            }
            Is::Words | Is::Number | Is::Within(_) => false,
        }
    }
}

fn is_said(lang: &str, said: &Json) -> bool {
    let is_text = |value: &Json| value.as_str().is_some_and(|text| !text.is_empty());
    let is_words = is_text(said) || said.as_array().is_some_and(|all| all.iter().all(is_text));
    Lang::new(lang).is_some() && is_words
}

/// `ce-` and a UUID of version 4 in small letters: 39 signs.
fn is_ctid(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("ce-") else {
        return false;
    };
    let fits = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        14 => byte == b'4',
        19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    };
    text.len() == 39 && uuid.bytes().enumerate().all(fits)
}

fn file(plan: &Plan, tag: &str) -> Json {
    let files = written("ctdl", plan, tag);
    serde_json::from_slice(&files[0].bytes).unwrap()
}

/// The example, with an address at its source for a line and a licence.
fn full() -> Plan {
    let mut plan = example();
    let line = plan.job_items.iter().next().unwrap().id;
    let origin = "http://data.europa.eu/esco/skill/0b1e0001-5a7e-4c1d-9e55-00000000000a";
    let set = |item: ItemId, key: FieldKey, text: &str| Command::Set {
        item,
        key,
        value: Some(Value::str(text)),
    };
    let commands = vec![
        set(line.into(), field::job_item::origin_uri.key(), origin),
        set(
            line.into(),
            field::job_item::note.lang(Lang::en()),
            "A note.",
        ),
        set(
            ABOUT,
            field::about::licence.key(),
            "https://creativecommons.org/licenses/by/4.0/",
        ),
    ];
    plan.apply(&Act::many(Verb::Edit, Subject::Plan, commands))
        .unwrap();
    plan
}

#[test]
fn every_term_is_one_of_the_contexts_and_its_values_are_as_they_give_them() {
    let mut used = BTreeSet::new();
    let plans = [
        full(),
        random_plan::random_plan(5, 150, false),
        random_plan::random_plan(8, 300, false),
        Plan::new(),
    ];
    for (at, plan) in plans.iter().enumerate() {
        for tag in ["en", "zh-CN"] {
            let judge = Judge::of(&file(plan, tag));
            assert_eq!(judge.wrong, Vec::<String>::new(), "plan {at} in {tag}");
            used.extend(judge.used);
        }
    }
    let all: BTreeSet<&str> = TERMS.iter().map(|(term, ..)| *term).collect();
    let unused: Vec<&&str> = all.difference(&used).collect();
    assert_eq!(
        unused,
        Vec::<&&str>::new(),
        "the list names what does not go out"
    );
}

#[test]
fn the_contexts_of_both_vocabularies_stand_at_the_top() {
    assert_eq!(
        file(&example(), "en")["@context"],
        serde_json::json!([
            "https://credreg.net/ctdlasn/schema/context/json",
            "https://credreg.net/ctdl/schema/context/json",
        ])
    );
}

#[test]
fn what_is_not_of_the_vocabularies_is_found() {
    let wrong = |change: &dyn Fn(&mut Json)| {
        let mut file = file(&full(), "en");
        change(&mut file);
        !Judge::of(&file).wrong.is_empty()
    };
    let graph = |file: &mut Json, class: &str, key: &str, value: Json| {
        let nodes = file["@graph"].as_array_mut().unwrap();
        let node = nodes
            .iter_mut()
            .find(|node| node["@type"] == class)
            .unwrap();
        node[key] = value;
    };
    assert!(!wrong(&|_| {}));
    assert!(wrong(&|file| graph(
        file,
        COMPETENCY,
        "ceasn:levels",
        "x".into()
    )));
    assert!(wrong(&|file| graph(
        file,
        COMPETENCY,
        "ceasn:comment",
        "no map".into()
    )));
    assert!(wrong(&|file| graph(
        file,
        COMPETENCY,
        "ceasn:isPartOf",
        "urn:uuid:0".into()
    )));
    assert!(wrong(&|file| graph(
        file,
        FRAMEWORK,
        "ceasn:competencyText",
        serde_json::json!({"en": "x"})
    )));
    assert!(wrong(&|file| graph(
        file,
        COURSE,
        "ceterms:teaches",
        "urn:uuid:0".into()
    )));
    let bare = "0b1e0001-5a7e-4c1d-9e55-00000000000a";
    assert!(wrong(&|file| graph(
        file,
        COURSE,
        "ceterms:ctid",
        bare.into()
    )));
}
