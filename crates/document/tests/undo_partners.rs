//! Undo never changes a partner's value: partners who write values by which each
//! is known, exchange by chance and take back and do again as they like.

use std::collections::BTreeSet;

use crate::bench::*;
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use weft_document::*;
use weft_model::*;

const PARTNERS: usize = 3;
/// By which letter each writes its texts.
const LETTERS: [char; PARTNERS] = ['a', 'b', 'c'];
/// Modules that each may delete and restore; the others only write in them.
const DELETED: [u64; PARTNERS] = [60, 61, 62];
/// Below which line each moves others, and whom each lets see links.
const TASKS: [u64; PARTNERS] = [70, 71, 72];
const PARTIES: [u64; PARTNERS] = [90, 91, 92];
/// What is moved.
const MOVED: [u64; 3] = [80, 81, 82];
/// Strengths that each writes.
const STRENGTHS: [&[u8]; PARTNERS] = [&[1], &[2, 3], &[4, 5]];

struct Partners {
    documents: Vec<Document>,
    rng: ChaCha8Rng,
    count: u64,
    /// Values of others that each has brought back.
    restored: [BTreeSet<String>; PARTNERS],
    /// How often something was undone, and how often left to a partner.
    undone: usize,
    left: usize,
}

/// What a plan holds of one partner: values that only it writes, letters, and what
/// it alone deletes.
#[derive(Debug)]
struct Of {
    values: BTreeSet<String>,
    rest: Vec<String>,
}

fn of(plan: &Plan, who: usize) -> Of {
    let mut values = BTreeSet::new();
    let mut rest = Vec::new();
    for uid in plan.any(Kind::Module).every() {
        let item = module(uid.0);
        let code = &plan.modules.raw(ModuleId(uid)).unwrap().code;
        if code.starts_with(LETTERS[who]) {
            values.insert(format!("{uid} {code}"));
        }
        let text = plan.text(title(item), &Lang::en());
        let letters = text.chars().filter(|it| *it == LETTERS[who]).count();
        if letters > 0 {
            rest.push(format!("{uid} {letters}"));
        }
    }
    for (key, link) in plan.weave.iter() {
        let by = |level: u8| usize::from(level - 1) / 3;
        if let Some(level) = link.level.filter(|it| by(*it) == who) {
            values.insert(format!("{key} {level}"));
        }
        if let Some(strength) = link.strength.filter(|it| STRENGTHS[who].contains(it)) {
            values.insert(format!("{key} strength {strength}"));
        }
        if link.visible_to.contains(&party(who)) {
            values.insert(format!("{key} seen by {}", PARTIES[who]));
        }
    }
    // A note outlives its link, which comes back with it.
    for key in links() {
        let note = plan.text(TextAt::LinkNote(key), &Lang::en());
        let letters = note.chars().filter(|it| *it == LETTERS[who]).count();
        if letters > 0 {
            rest.push(format!("{key} {letters}"));
        }
    }
    for line in MOVED {
        if plan.any(Kind::JobItem).owner(Uid(line)) == Some(Uid(TASKS[who])) {
            values.insert(format!("{line} below {}", TASKS[who]));
        }
    }
    rest.push(format!("{}", plan.is_live(module(DELETED[who]))));
    Of { values, rest }
}

fn line(uid: u64) -> ItemId {
    item(Kind::JobItem, uid)
}

fn party(who: usize) -> PartyId {
    PartyId(Uid(PARTIES[who]))
}

/// Where links may be.
fn links() -> impl Iterator<Item = LinkKey> {
    let modules = [10, 20].into_iter();
    modules.flat_map(|module| [3, 4].map(|competency| link_key(module, competency)))
}

/// What one partner writes into a text, or takes out of it: its own letter.
fn splice(text: &str, letter: char, rng: &mut ChaCha8Rng) -> Splice {
    let own: Vec<usize> = (text.chars().enumerate())
        .filter(|(_, it)| *it == letter)
        .map(|(at, _)| at)
        .collect();
    // Each takes out only what is its own.
    let (at, delete) = match own.choose(rng) {
        Some(at) if rng.random_ratio(1, 3) => (*at, 1),
        _ => (rng.random_range(0..=text.chars().count()), 0),
    };
    let length = rng.random_range(1..4);
    let insert: String = if delete > 0 {
        String::new()
    } else {
        std::iter::repeat_n(letter, length).collect()
    };
    Splice { at, delete, insert }
}

impl Partners {
    fn new(seed: u64) -> Self {
        let mut first = small();
        for uid in [20].into_iter().chain(DELETED) {
            first
                .apply(&add(Kind::Module, uid, None, vec![]), 0)
                .unwrap();
        }
        for (at, uid) in TASKS.into_iter().enumerate() {
            let task = add(Kind::JobItem, uid, Some(1), tier(Tier::Task));
            first.apply(&task, 0).unwrap();
            let party = add(Kind::Party, PARTIES[at], None, vec![]);
            first.apply(&party, 0).unwrap();
        }
        for uid in MOVED {
            let line = add(Kind::JobItem, uid, Some(2), tier(Tier::Competency));
            first.apply(&line, 0).unwrap();
        }
        let mut documents: Vec<Document> = (1..PARTNERS as u64)
            .map(|number| reopen(&first, 10 + number))
            .collect();
        documents.insert(0, reopen(&first, 10));
        Self {
            documents,
            rng: weft_sample::chance(seed),
            count: 0,
            restored: Default::default(),
            undone: 0,
            left: 0,
        }
    }

    fn link(&mut self) -> LinkKey {
        let at = self.rng.random_range(0..4);
        links().nth(at).unwrap()
    }

    /// A module; with `kept`: none that somebody deletes.
    fn module(&mut self, who: usize, kept: bool) -> ItemId {
        let mut live = self.documents[who].plan().any(Kind::Module).live();
        live.retain(|uid| !kept || !DELETED.contains(&uid.0));
        module(live.choose(&mut self.rng).unwrap().0)
    }

    fn command(&mut self, who: usize) -> Command {
        self.count += 1;
        let item = self.module(who, false);
        let letter = LETTERS[who];
        let token = Value::Str(format!("{letter}{}", self.count));
        match self.rng.random_range(0..16) {
            10 => Command::Strength {
                key: self.link(),
                strength: STRENGTHS[who].choose(&mut self.rng).copied(),
            },
            11 => {
                let key = self.link();
                let at = TextAt::LinkNote(key);
                let text = self.documents[who].plan().text(at, &Lang::en());
                Command::Write {
                    splice: splice(&text, letter, &mut self.rng),
                    at,
                    lang: Lang::en(),
                }
            }
            12 => Command::ShowLink {
                key: self.link(),
                party: party(who),
                named: self.rng.random(),
            },
            13 => Command::Unlink { key: self.link() },
            14..16 => Command::Move {
                item: line(*MOVED.choose(&mut self.rng).unwrap()),
                owner: Some(Uid(TASKS[who])),
                spot: *[Spot::First, Spot::Last].choose(&mut self.rng).unwrap(),
            },
            0..3 => set(item, field::module::code.key(), token),
            3..6 => {
                let text = self.documents[who].plan().text(title(item), &Lang::en());
                Command::Write {
                    at: title(item),
                    lang: Lang::en(),
                    splice: splice(&text, letter, &mut self.rng),
                }
            }
            6..8 => {
                let item = self.module(who, true);
                let competency = self.rng.random_range(3..=4);
                let level = 1 + 3 * who as u8 + self.rng.random_range(0..3);
                Command::Link {
                    key: link_key(item.uid.0, competency),
                    level: Some(level),
                }
            }
            8 => {
                let uid = 1_000 + self.count;
                let fields = vec![(field::module::code.key(), token)];
                add(Kind::Module, uid, None, fields).commands.remove(0)
            }
            _ => {
                let item = module(DELETED[who]);
                if self.documents[who].plan().is_live(item) {
                    Command::Delete { item }
                } else {
                    Command::Restore { item }
                }
            }
        }
    }

    fn step(&mut self, seed: u64) {
        let who = self.rng.random_range(0..PARTNERS);
        match self.rng.random_range(0..10) {
            0..5 => {
                let mut commands = vec![self.command(who)];
                if self.rng.random_ratio(1, 4) {
                    commands.push(self.command(who));
                }
                let act = Act::many(Verb::Edit, Subject::Plan, commands);
                let before = self.of_others(who);
                // What was deleted by one's own first command is refused.
                drop(self.documents[who].apply(&act, self.count as i64 * 5_000));
                // A link that is made anew shows again what others wrote at it.
                for (then, now) in before.iter().zip(&self.of_others(who)) {
                    let shown = now.values.difference(&then.values);
                    self.restored[who].extend(shown.cloned());
                }
            }
            5..7 => {
                let other = (who + self.rng.random_range(1..PARTNERS)) % PARTNERS;
                let update = self.documents[other].updates_since(&self.documents[who].version());
                self.documents[who].merge(&update).unwrap();
            }
            kind => self.step_back(who, kind < 9, seed),
        }
    }

    fn of_others(&self, who: usize) -> Vec<Of> {
        let plan = self.documents[who].plan();
        let others = (0..PARTNERS).filter(|other| *other != who);
        others.map(|other| of(plan, other)).collect()
    }

    fn step_back(&mut self, who: usize, back: bool, seed: u64) {
        let before = self.of_others(who);
        let document = &mut self.documents[who];
        let modules = document.plan().any(Kind::Module).live();
        let live: Vec<ItemId> = modules.iter().map(|uid| module(uid.0)).collect();
        let done = match back {
            true => document.undo(0),
            false => document.redo(0),
        };
        let after = self.of_others(who);
        for (then, now) in before.iter().zip(&after) {
            assert_eq!(then.rest, now.rest, "seed {seed}: {who}");
            // A partner's older value may come back, and go again with the next
            // step: it is there by this one's hand.
            for lost in then.values.difference(&now.values) {
                let own = self.restored[who].contains(lost);
                assert!(
                    own,
                    "seed {seed}: {who} took back what another wrote: {lost}"
                );
            }
            self.restored[who].extend(now.values.difference(&then.values).cloned());
        }
        match done {
            Ok(done) => {
                self.undone += 1;
                self.left += done.left.len();
            }
            Err(UndoError::Changed { by_others }) => self.left += by_others.len(),
            Err(UndoError::Nothing) => {}
            Err(UndoError::ReadOnly) => panic!("seed {seed}"),
        }
        // What goes because its adding is taken back holds nothing of others.
        let plan = self.documents[who].plan();
        for item in live {
            let uid = item.uid;
            if plan.is_live(item) || DELETED.contains(&uid.0) {
                continue;
            }
            let code = plan.modules.raw(ModuleId(uid)).unwrap().code.clone();
            let text = plan.text(title(item), &Lang::en());
            let mine = |letter: char| letter == LETTERS[who] || letter.is_ascii_digit();
            assert!(
                code.chars().chain(text.chars()).all(mine),
                "seed {seed}: {uid} went with what others wrote in it: {code} {text}"
            );
        }
    }
}

fn run(seed: u64) -> (usize, usize) {
    let mut partners = Partners::new(seed);
    for _ in 0..70 {
        partners.step(seed);
    }
    for _ in 0..2 {
        for at in 1..PARTNERS {
            let (first, rest) = partners.documents.split_at_mut(1);
            exchange(&mut first[0], &mut rest[at - 1]);
        }
    }
    for document in &partners.documents[1..] {
        assert!(
            document.plan() == partners.documents[0].plan(),
            "seed {seed}"
        );
    }
    (partners.undone, partners.left)
}

#[test]
fn undo_and_redo_never_change_a_partners_value_in_a_thousand_seeds() {
    let (mut undone, mut left) = (0, 0);
    for seed in 0..1_000 {
        let (more, kept) = run(seed);
        undone += more;
        left += kept;
    }
    // Both came up, or nothing was proved.
    assert!(undone > 8_000 && left > 300, "{undone} undone, {left} left");
}
