//! Texts that two sides rewrote at the same time: their letters stand mixed, and
//! what each of them had written is found on every copy, until somebody decides.

use crate::bench::*;
use rand::Rng;
use weft_document::*;
use weft_model::*;

fn the_title() -> Aspect {
    Aspect::Value(module(10), field::module::title.lang(Lang::en()))
}

fn retitle(document: &Document, to: &str) -> Act {
    let key = field::module::title.lang(Lang::en());
    let act = one(set(module(10), key, Value::str(to)));
    assert_ne!(read(document), to);
    act
}

fn read(document: &Document) -> String {
    document.plan().text(title(module(10)), &Lang::en())
}

fn ben() -> Author {
    Author {
        uid: Uid(200),
        name: "Ben".into(),
        ..Default::default()
    }
}

/// Two copies whose title is "Turning and milling".
fn two() -> (Document, Document) {
    let mut one = small();
    one.apply(&retitle(&one, "Turning and milling"), 500)
        .unwrap();
    let mut other = reopen(&one, 2);
    other.set_author(&ben(), 0);
    (one, other)
}

fn texts(document: &Document) -> Vec<(Aspect, Option<Value>, Vec<Claim>)> {
    let all = document.clashes().into_iter();
    all.map(|clash| match clash {
        Clash::Text { what, reads, sides } => (what, reads, sides),
        other => panic!("{other:?}"),
    })
    .collect()
}

#[test]
fn a_title_that_both_rewrote_is_listed_with_both_wordings() {
    let (mut one, mut other) = two();
    one.apply(&retitle(&one, "Turning on the lathe"), 11_000)
        .unwrap();
    other
        .apply(&retitle(&other, "Turning by programs"), 12_000)
        .unwrap();
    exchange(&mut one, &mut other);
    let listed = texts(&one);
    assert_eq!(listed, texts(&other));
    let [(what, reads, sides)] = listed.as_slice() else {
        panic!("{listed:?}")
    };
    assert_eq!((what, reads), (&the_title(), &Some(Value::str(read(&one)))));
    let mut sides = sides.clone();
    sides.sort_by_key(|claim| claim.author);
    let claim = |author: Author, text: &str, at_millis| Claim {
        value: Some(Value::str(text)),
        author: author.uid,
        at_millis,
    };
    let wanted = [
        claim(ada(), "Turning on the lathe", 11_000),
        claim(ben(), "Turning by programs", 12_000),
    ];
    assert_eq!(sides, wanted);
}

#[test]
fn edits_at_two_spots_of_a_text_merge_and_are_not_listed() {
    let (mut one, mut other) = two();
    one.apply(&write(title(module(10)), 0, 7, "Drilling"), 1_000)
        .unwrap();
    other
        .apply(&write(title(module(10)), 12, 7, "grinding"), 2_000)
        .unwrap();
    exchange(&mut one, &mut other);
    assert_eq!(read(&one), "Drilling and grinding");
    assert_eq!((one.clashes(), other.clashes()), (vec![], vec![]));
}

#[test]
fn what_both_took_out_is_nothing_to_decide() {
    let (mut one, mut other) = two();
    one.apply(&write(title(module(10)), 7, 12, ""), 1_000)
        .unwrap();
    other
        .apply(&write(title(module(10)), 7, 12, ""), 2_000)
        .unwrap();
    exchange(&mut one, &mut other);
    assert_eq!((read(&one), one.clashes()), ("Turning".to_owned(), vec![]));
}

#[test]
fn a_text_that_both_began_is_listed() {
    let mut one = small();
    let mut other = reopen(&one, 2);
    one.apply(&retitle(&one, "Lathe"), 1_000).unwrap();
    other.apply(&retitle(&other, "Lathe"), 2_000).unwrap();
    exchange(&mut one, &mut other);
    assert_eq!(read(&one), "LatheLathe");
    let [(_, _, sides)] = texts(&one).try_into().unwrap();
    assert!(sides.iter().all(|it| it.value == Some(Value::str("Lathe"))));
}

#[test]
fn a_wording_that_is_kept_taken_or_written_anew_is_decided_on_both_sides() {
    for way in 0..3 {
        let (mut one, mut other) = two();
        one.apply(&retitle(&one, "Turning on the lathe"), 1_000)
            .unwrap();
        other
            .apply(&retitle(&other, "Turning by programs"), 2_000)
            .unwrap();
        exchange(&mut one, &mut other);
        let mixed = read(&one);
        let what = the_title();
        let act = match way {
            0 => Act::one(Verb::Settle, what.subject(), Command::Confirm { what }),
            1 => retitle(&one, "Turning by programs"),
            _ => retitle(&one, "Turning, by hand and by programs"),
        };
        let applied = one.apply(&act, 3_000).unwrap();
        assert!(!applied.update.is_empty());
        assert_eq!(one.clashes(), []);
        exchange(&mut one, &mut other);
        assert_eq!(other.clashes(), []);
        assert_eq!(one.plan(), other.plan());
        assert_eq!(way == 0, read(&one) == mixed);
    }
}

#[test]
fn a_text_that_was_written_at_once_before_still_tells_both_wordings() {
    let (mut one, mut other) = two();
    one.apply(&retitle(&one, "Turning on the lathe"), 1_000)
        .unwrap();
    other
        .apply(&retitle(&other, "Turning by programs"), 2_000)
        .unwrap();
    exchange(&mut one, &mut other);
    one.apply(&retitle(&one, "Lathes"), 3_000).unwrap();
    exchange(&mut one, &mut other);
    one.apply(&retitle(&one, "Lathes of all kinds"), 4_000)
        .unwrap();
    other
        .apply(&retitle(&other, "Lathes and programs"), 5_000)
        .unwrap();
    exchange(&mut one, &mut other);
    let [(_, _, sides)] = texts(&one).try_into().unwrap();
    let told: Vec<_> = sides.into_iter().map(|it| it.value).collect();
    for text in ["Lathes of all kinds", "Lathes and programs"] {
        assert!(told.contains(&Some(Value::str(text))), "{told:?}");
    }
    assert_eq!(texts(&one), texts(&other));
}

#[test]
fn two_at_one_spot_and_a_third_elsewhere_are_all_told() {
    let (mut one, mut two) = two();
    let mut three = reopen(&one, 3);
    let the = title(module(10));
    one.apply(&write(the, 0, 7, "Drilling"), 11_000).unwrap();
    two.apply(&write(the, 0, 7, "Sawing"), 12_000).unwrap();
    three
        .apply(&write(the, 19, 0, " of steel"), 13_000)
        .unwrap();
    exchange(&mut one, &mut two);
    exchange(&mut one, &mut three);
    exchange(&mut one, &mut two);
    let [(_, _, sides)] = texts(&one).try_into().unwrap();
    let mut told: Vec<_> = sides.into_iter().map(|it| it.value.unwrap()).collect();
    told.sort_by_key(|it| it.as_str().map(str::to_owned));
    let wanted = [
        "Drilling and milling",
        "Sawing and milling",
        "Turning and milling of steel",
    ];
    assert_eq!(told, wanted.map(Value::str));
    assert_eq!(texts(&two), texts(&three));
    assert_eq!(texts(&two), texts(&one));
}

#[test]
fn a_side_on_which_two_had_met_is_told_as_it_read_there_first_or_last() {
    let the = title(module(10));
    for edits in [1, 5] {
        let (mut one, mut two) = two();
        let mut three = reopen(&one, 3);
        one.apply(&write(the, 7, 0, " steel"), 11_000).unwrap();
        two.apply(&write(the, 0, 7, "Sawing"), 12_000).unwrap();
        exchange(&mut one, &mut two);
        two.apply(&write(the, 6, 0, " all"), 13_000).unwrap();
        for edit in 0..edits {
            three
                .apply(&write(the, 7, 0, "!"), 20_000 + edit * 9_000)
                .unwrap();
        }
        let mut wanted = [read(&two), read(&three)].map(Value::Str);
        exchange(&mut two, &mut three);
        let [(_, _, sides)] = texts(&two).try_into().unwrap();
        let mut told: Vec<_> = sides.into_iter().map(|it| it.value.unwrap()).collect();
        for all in [&mut wanted[..], &mut told] {
            all.sort_by_key(|it| it.as_str().map(str::to_owned));
        }
        assert_eq!(told, wanted, "{edits} edits");
        assert_eq!(texts(&two), texts(&three));
    }
}

#[test]
fn the_note_of_a_link_that_both_wrote_is_listed_and_kept() {
    let (mut one, mut other) = two();
    let key = link_key(10, 3);
    let note = TextAt::LinkNote(key);
    one.apply(&write(note, 0, 0, "on the lathe"), 11_000)
        .unwrap();
    other
        .apply(&write(note, 0, 0, "by programs"), 12_000)
        .unwrap();
    exchange(&mut one, &mut other);
    let what = Aspect::Note(key, Lang::en());
    let [(found, _, sides)] = texts(&one).try_into().unwrap();
    assert_eq!((&found, sides.len()), (&what, 2));
    let before = one.plan().clone();
    let act = Act::one(Verb::Settle, what.subject(), Command::Confirm { what });
    one.apply(&act, 13_000).unwrap();
    exchange(&mut one, &mut other);
    assert_eq!((one.clashes(), other.clashes()), (vec![], vec![]));
    assert!(*one.plan() == before && *other.plan() == before);
}

#[test]
fn a_text_that_one_kept_while_the_other_took_a_wording_is_listed_again() {
    let (mut one, mut other) = two();
    one.apply(&retitle(&one, "Turning on the lathe"), 11_000)
        .unwrap();
    other
        .apply(&retitle(&other, "Turning by programs"), 12_000)
        .unwrap();
    exchange(&mut one, &mut other);
    let mixed = read(&one);
    let keep = Command::Confirm { what: the_title() };
    let keep = Act::one(Verb::Settle, module(10), keep);
    one.apply(&keep, 13_000).unwrap();
    let mut take = retitle(&other, "Turning by programs");
    take.intent.verb = Verb::Settle;
    other.apply(&take, 14_000).unwrap();
    exchange(&mut one, &mut other);
    assert_eq!(texts(&one), texts(&other));
    let [(_, reads, sides)] = texts(&one).try_into().unwrap();
    assert_eq!(reads, Some(Value::str("Turning by programs")));
    let sides: Vec<_> = sides.into_iter().map(|it| it.value).collect();
    let wanted = [mixed.as_str(), "Turning by programs"].map(|it| Some(Value::str(it)));
    assert_eq!(sides, wanted);
    // Both keep it: that is one opinion.
    for document in [&mut one, &mut other] {
        document.apply(&keep, 15_000).unwrap();
    }
    exchange(&mut one, &mut other);
    assert_eq!((one.clashes(), other.clashes()), (vec![], vec![]));
}

#[test]
fn after_letters_were_mixed_edits_at_two_spots_are_again_nothing_to_decide() {
    let (mut one, mut other) = two();
    let the = title(module(10));
    one.apply(&write(the, 0, 7, "Drilling"), 11_000).unwrap();
    other.apply(&write(the, 0, 7, "Sawing"), 12_000).unwrap();
    exchange(&mut one, &mut other);
    one.apply(&retitle(&one, "Drilling, sawing and milling"), 13_000)
        .unwrap();
    exchange(&mut one, &mut other);
    one.apply(&write(the, 0, 8, "Boring"), 14_000).unwrap();
    other.apply(&write(the, 21, 7, "grinding"), 15_000).unwrap();
    exchange(&mut one, &mut other);
    assert_eq!(read(&one), "Boring, sawing and grinding");
    assert_eq!((one.clashes(), other.clashes()), (vec![], vec![]));
}

#[test]
fn what_was_heard_in_the_middle_of_typing_counts_as_heard() {
    let (mut one, mut other) = two();
    let the = title(module(10));
    one.apply(&write(the, 19, 0, " of"), 11_000).unwrap();
    let begun = one.updates_since(&other.version());
    other.merge(&begun).unwrap();
    one.apply(&write(the, 22, 0, " steel"), 11_100).unwrap();
    other.apply(&write(the, 22, 0, " brass"), 11_200).unwrap();
    exchange(&mut one, &mut other);
    let [(_, _, sides)] = texts(&one).try_into().unwrap();
    let told: Vec<_> = sides.into_iter().map(|it| it.value.unwrap()).collect();
    for text in [
        "Turning and milling of steel",
        "Turning and milling of brass",
    ] {
        assert!(told.contains(&Value::str(text)), "{told:?}");
    }
    assert_eq!(texts(&one), texts(&other));
    assert_eq!(texts(&one), texts(&reopen(&one, 9)));
}

/// Some splices at chance spots.
fn scribble(document: &mut Document, rng: &mut impl Rng, now: i64) {
    for step in 0..rng.random_range(1..6) {
        let length = read(document).chars().count();
        let at = rng.random_range(0..=length);
        let delete = rng.random_range(0..=(length - at).min(6));
        let letters = ["", "r", "äß", "车工", "🛠 tools"];
        let insert = letters[rng.random_range(0..letters.len())];
        if delete > 0 || !insert.is_empty() {
            let act = write(title(module(10)), at, delete, insert);
            document.apply(&act, now + step).unwrap();
        }
    }
}

#[test]
fn each_side_is_told_as_it_read_there_before_they_met() {
    let (mut listed, mut again) = (0, 0);
    for seed in 0..300 {
        let mut rng = weft_sample::chance(seed);
        let (mut one, mut other) = two();
        for round in 0..3 {
            // Some of it is known to both.
            if rng.random_ratio(1, 2) {
                scribble(&mut one, &mut rng, 10_000);
                exchange(&mut one, &mut other);
            }
            scribble(&mut one, &mut rng, 20_000);
            // Some of it is heard in the middle of typing.
            if rng.random_ratio(1, 2) {
                other.merge(&one.updates_since(&other.version())).unwrap();
                scribble(&mut one, &mut rng, 20_400);
            }
            scribble(&mut other, &mut rng, 30_000);
            let before = [read(&one), read(&other)];
            exchange(&mut one, &mut other);
            assert_eq!(read(&one), read(&other));
            let told = texts(&one);
            assert_eq!(told, texts(&other), "seed {seed}");
            assert_eq!(told, texts(&reopen(&one, 9)), "seed {seed}");
            for (_, reads, sides) in told {
                assert_eq!(
                    reads,
                    Some(read(&one)).filter(|it| !it.is_empty()).map(Value::Str)
                );
                let text = |it: &Claim| {
                    it.value
                        .as_ref()
                        .and_then(Value::as_str)
                        .unwrap_or("")
                        .to_owned()
                };
                let mut sides: Vec<String> = sides.iter().map(text).collect();
                let mut before = before.to_vec();
                sides.sort();
                before.sort();
                assert_eq!(sides, before, "seed {seed}, round {round}");
                listed += 1;
                again += usize::from(round > 0);
            }
        }
    }
    assert!(listed > 200 && again > 100, "{listed}, {again}");
}
