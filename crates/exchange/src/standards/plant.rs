//! One standard as lines of the job outline. A line stands below one other: what
//! several duties want comes in below the first of them, once, and the others
//! are named; what no duty wants stands below the role.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use weft_model::{JobItem, Kind, Lang, Plan, Tier};

use super::again::Known;
use super::shape::{self, DETAIL, DUTIES, Entry, OPTIONS, Odd, PARTS, Part, get, text};
use super::words::words;
use super::{FORMAT, Found, cut, lines};
use crate::foreign::{Options, Planter, Source};
use crate::{Fate, Place, Reason, WarningKind};

/// Knowledge, a skill or a behaviour on its way.
pub(super) struct Ksb {
    pub entry: Entry,
    pub part: &'static Part,
    pub place: Place,
    pub fate: (usize, usize),
    /// The duties that want it, in their order.
    pub duties: Vec<usize>,
}

/// A duty on its way.
pub(super) struct Duty {
    pub entry: Entry,
    pub place: Place,
    pub fate: (usize, usize),
    /// Codes of what it wants.
    pub wants: Vec<String>,
    /// Titles of the options that it belongs to.
    pub options: Vec<String>,
}

/// Plants a standard. `planted`: what standards have brought in, and which.
pub(super) fn one(
    planter: &mut Planter<'_>,
    into: &Plan,
    options: &Options,
    found: &Found,
    whole: &Map<String, Json>,
    planted: &mut BTreeMap<String, String>,
) {
    planter.begin(source(found), true);
    let mut reader = Reader {
        planter,
        options,
        found,
        whole,
    };
    let mut ksbs = reader.ksbs();
    let duties = reader.duties(&mut ksbs);
    reader.judge(into);
    let known = Known::of(into, &found.head.reference);
    let mut nodes = vec![lines::role(found, whole)];
    let at_duty: Vec<usize> = (1..).take(duties.len()).collect();
    for duty in &duties {
        nodes.push(lines::duty(duty));
    }
    for ksb in &ksbs {
        let first = ksb.duties.first();
        let parent = first.and_then(|at| at_duty.get(*at)).copied().unwrap_or(0);
        let others = ksb.duties.iter().skip(1).filter_map(|at| duties.get(*at));
        let others: Vec<&str> = others.map(|duty| duty.entry.code.as_str()).collect();
        if !others.is_empty() {
            let (what, text) = (ksb.entry.code.clone(), others.join(", "));
            planter.warn(ksb.place.clone(), WarningKind::AlsoBelow { what, text });
        }
        // Standards share some: the outline shows each once.
        if crate::case::is_uuid(&ksb.entry.id) {
            let id = ksb.entry.id.to_ascii_lowercase();
            match planted.get(&id) {
                Some(by) if *by != found.head.id() => {
                    let (what, text) = (ksb.entry.code.clone(), found.head.title.clone());
                    planter.warn(ksb.place.clone(), WarningKind::AlsoBelow { what, text });
                    planter.fate(ksb.fate, Fate::Applied);
                    continue;
                }
                _ => {
                    planted.insert(id, found.head.id());
                }
            }
        }
        let mut node = lines::ksb(ksb);
        node.parent = Some(parent);
        nodes.push(node);
    }
    known.recognise(&mut nodes);
    planter.plant(nodes);
}

fn source(found: &Found) -> Source {
    Source {
        format: FORMAT,
        identifier: if found.head.named {
            found.head.reference.clone()
        } else {
            String::new()
        },
        uri: found.head.page.clone(),
        title: match found.head.title.as_str() {
            "" => found.head.reference.clone(),
            title => title.to_owned(),
        },
        lang: Some(Lang::en()),
        publisher: "Skills England".into(),
        release: found.head.version.clone(),
        changed: found.head.changed.clone(),
        licence: "Open Government Licence v3.0".into(),
        ..Source::default()
    }
}

struct Reader<'r, 'a> {
    planter: &'r mut Planter<'a>,
    options: &'r Options,
    found: &'r Found,
    whole: &'r Map<String, Json>,
}

impl Reader<'_, '_> {
    /// The entries of a list, each with its place, corrected where a person has
    /// corrected it. What is no list waits in the tray.
    fn list(
        &mut self,
        names: &[&'static str],
        keys: [&str; 2],
    ) -> Vec<(Place, (usize, usize), Json)> {
        let whole = self.whole;
        let Some(value) = get(whole, names) else {
            return Vec::new();
        };
        let name = names.first().copied().unwrap_or_default();
        if let (Some(lines), Json::Array(all)) = (&self.found.lines, value) {
            let entries = all.iter().enumerate().filter_map(|(at, value)| {
                let (place, fate) = lines.get(&(name, at))?.clone();
                Some((place, fate, value.clone()))
            });
            return entries.collect();
        }
        let list = self.planter.out.fates.len();
        let path = format!("{}{name}", self.found.prefix);
        let Json::Array(all) = value else {
            self.planter.out.fates.push(vec![Fate::Tray]);
            let cells = vec![cut(&value.to_string())];
            self.planter
                .tray(Place::Path(path), (list, 0), Reason::BadShape, cells);
            return Vec::new();
        };
        self.planter.out.fates.push(vec![Fate::Applied; all.len()]);
        let entries = all.iter().enumerate().map(|(at, value)| {
            let place = Place::Path(format!("{path}/{at}"));
            let mut value = value.clone();
            if let Some(cells) = self.options.corrected.get(&place) {
                value = lines::corrected(value, keys, cells);
            }
            (place, (list, at), value)
        });
        entries.collect()
    }

    fn waits(
        &mut self,
        place: Place,
        fate: (usize, usize),
        odd: Odd,
        value: &Json,
        keys: [&str; 2],
    ) {
        let said = |key| match value {
            Json::Object(object) => match get(object, &[key]) {
                Some(Json::String(text)) => text.clone(),
                Some(other) => other.to_string(),
                None => String::new(),
            },
            _ => String::new(),
        };
        let [id, mut detail] = keys.map(said);
        if !value.is_object() {
            detail = value.to_string();
        }
        let reason = match odd {
            Odd::Shape => Reason::BadShape,
            Odd::Empty => Reason::NoName,
        };
        // It is there, whatever becomes of it.
        self.planter.saw(&id);
        self.planter
            .tray(place, fate, reason, vec![cut(&id), cut(&detail)]);
    }

    fn ksbs(&mut self) -> Vec<Ksb> {
        let mut all = Vec::new();
        for part in &PARTS {
            let id = part.ids.first().copied().unwrap_or_default();
            let keys = [id, DETAIL];
            let entries = self.list(part.names, keys).into_iter().enumerate();
            for (at, (place, fate, value)) in entries {
                match shape::entry(&value, at, part.ids, &[DETAIL], part.letters) {
                    Ok(entry) => all.push(Ksb {
                        entry,
                        part,
                        place,
                        fate,
                        duties: Vec::new(),
                    }),
                    Err(odd) => self.waits(place, fate, odd, &value, keys),
                }
            }
        }
        all
    }

    fn duties(&mut self, ksbs: &mut [Ksb]) -> Vec<Duty> {
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        for (at, ksb) in ksbs.iter().enumerate() {
            for name in [&ksb.entry.id, &ksb.entry.code] {
                if !name.is_empty() {
                    by_name.entry(name.to_lowercase()).or_insert(at);
                }
            }
        }
        let titles = self.titles_of_options();
        let mut duties: Vec<Duty> = Vec::new();
        let keys = [shape::DUTY_IDS[0], shape::DUTY_SAYS[0]];
        let entries = self.list(DUTIES, keys).into_iter().enumerate();
        for (number, (place, fate, value)) in entries {
            if shape::is_no_duty(&value) {
                self.planter.fate(fate, Fate::Blank);
                continue;
            }
            let entry = match shape::duty(&value, number) {
                Ok(entry) => entry,
                Err(odd) => {
                    self.waits(place, fate, odd, &value, keys);
                    continue;
                }
            };
            let at = duties.len();
            let mut duty = Duty {
                place,
                fate,
                wants: Vec::new(),
                options: Vec::new(),
                entry,
            };
            for (key, number, name) in shape::mapped(&duty.entry.rest) {
                let wanted = by_name.get(&name.to_lowercase());
                let Some(ksb) = wanted.and_then(|at| ksbs.get_mut(*at)) else {
                    self.unknown(&duty.place, key, number, name);
                    continue;
                };
                // It may be named twice.
                if ksb.duties.last() != Some(&at) {
                    ksb.duties.push(at);
                    duty.wants.push(ksb.entry.code.clone());
                }
            }
            let key = "mappedOptions";
            let named = match get(&duty.entry.rest, &[key]) {
                Some(Json::Array(all)) => all.iter().map(|it| text(Some(it))).collect(),
                Some(other) => vec![text(Some(other))],
                None => Vec::new(),
            };
            for (number, name) in named.into_iter().enumerate() {
                match titles.get(&name.to_lowercase()) {
                    Some(title) => duty.options.push(title.clone()),
                    None => self.unknown(&duty.place, key, number, name),
                }
            }
            duties.push(duty);
        }
        duties
    }

    fn unknown(&mut self, place: &Place, key: &str, number: usize, name: String) {
        let place = match place {
            Place::Path(path) => Place::Path(format!("{path}/{key}/{number}")),
            other => other.clone(),
        };
        let kind = Kind::JobItem;
        let text = cut(&name);
        self.planter.warn(place, WarningKind::NoSuch { kind, text });
    }

    /// Options by their identifier. They are kept with the role.
    fn titles_of_options(&mut self) -> BTreeMap<String, String> {
        let Some(Json::Array(all)) = get(self.whole, OPTIONS) else {
            return BTreeMap::new();
        };
        self.planter.out.fates.push(vec![Fate::Kept; all.len()]);
        let named = all.iter().filter_map(Json::as_object).filter_map(|option| {
            let id = text(get(option, &["optionId", "id"])).to_lowercase();
            let title = words(&text(get(option, &["title"])));
            (!id.is_empty() && !title.is_empty()).then_some((id, title))
        });
        named.collect()
    }

    /// A list that the file does not have says nothing about what is gone.
    fn judge(&mut self, into: &Plan) {
        let has = |names: &[&str]| get(self.whole, names).is_some_and(Json::is_array);
        let of_kind = |line: &JobItem| {
            let mut parts = PARTS.iter().filter(|part| has(part.names));
            parts.any(|part| line.kind.is_none_or(|kind| kind.0 == part.kind))
        };
        let is_judged = |line: &&JobItem| match line.tier.map(|tier| tier.0) {
            Some(Tier::Role) => true,
            Some(Tier::Task | Tier::Content) => has(DUTIES),
            Some(Tier::Competency) | None => of_kind(line),
        };
        let judged = into.job_items.iter().filter(is_judged).map(|line| line.id);
        let judged = judged.collect();
        if let Some(coming) = self.planter.coming() {
            coming.judged = Some(judged);
        }
    }
}
