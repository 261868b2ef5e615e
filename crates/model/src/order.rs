//! Places among siblings: short texts, sorted as texts, with room between any
//! two of them. A text is a whole number followed by a fraction, both in base
//! 62; the number's first character says how many digits it has, so that
//! appending stays short (after David Greenspan, "Implementing fractional
//! indexing", 2020).
//!
//! Written here because `fractional_index` 2.0.2 subtracts below zero between
//! some of its own keys.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FIRST: &str = "a0";
/// Longer places come from elsewhere; they still sort, but nothing is built
/// upon them.
const LIMIT: usize = 1_000;

/// A place behind `last`, or the first place of all.
pub fn order_after(last: Option<&str>) -> String {
    order_between(last, None)
}

/// A place between two neighbours. Damaged or equal neighbours give a place
/// behind the first one; equal places are told apart by the items' ids.
pub fn order_between(before: Option<&str>, after: Option<&str>) -> String {
    let before = before.and_then(Place::read);
    let after = after.and_then(Place::read);
    match (before, after) {
        (None, None) => FIRST.to_owned(),
        (None, Some(after)) => in_front(&after),
        (Some(before), Some(after)) if before < after => between(&before, &after),
        (Some(before), _) => behind(&before),
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place<'a> {
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Place<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let len = whole_len(*bytes.first()?)?;
        let fits = bytes.len() <= LIMIT
            && bytes.len() >= len
            && bytes.iter().all(u8::is_ascii_alphanumeric)
            // A fraction that ends in zero has no room in front of it.
            && (bytes.len() == len || bytes.last() != Some(&b'0'));
        if !fits {
            return None;
        }
        let (whole, fraction) = text.split_at(len);
        Some(Self { whole, fraction })
    }
}

/// How long a whole number is by its first character: `a` and up count up from
/// zero, `Z` and down count below it.
fn whole_len(head: u8) -> Option<usize> {
    match head {
        b'a'..=b'z' => Some(usize::from(head - b'a') + 2),
        b'A'..=b'Z' => Some(usize::from(b'Z' - head) + 2),
        _ => None,
    }
}

fn digit(byte: u8) -> usize {
    DIGITS.iter().position(|known| *known == byte).unwrap_or(0)
}

fn behind(before: &Place<'_>) -> String {
    match step(before.whole, true) {
        Some(next) => next,
        None => format!("{}{}", before.whole, middle(before.fraction, None)),
    }
}

fn in_front(after: &Place<'_>) -> String {
    if !after.fraction.is_empty() {
        return after.whole.to_owned();
    }
    match step(after.whole, false) {
        Some(next) => next,
        // The smallest number of all has nothing in front of it; no plan gets
        // there by moving. Items share the place and go by their ids.
        None => after.whole.to_owned(),
    }
}

fn between(before: &Place<'_>, after: &Place<'_>) -> String {
    if before.whole == after.whole {
        let fraction = middle(before.fraction, Some(after.fraction));
        return format!("{}{fraction}", before.whole);
    }
    match step(before.whole, true) {
        Some(next)
            if next.as_str() < after.whole
                || (next == after.whole && !after.fraction.is_empty()) =>
        {
            next
        }
        _ => format!("{}{}", before.whole, middle(before.fraction, None)),
    }
}

/// The next whole number up or down; none past the ends.
fn step(whole: &str, up: bool) -> Option<String> {
    let mut bytes = whole.as_bytes().to_vec();
    let (from, to) = if up { (b'z', b'0') } else { (b'0', b'z') };
    for byte in bytes.iter_mut().skip(1).rev() {
        if *byte != from {
            let next = if up {
                digit(*byte) + 1
            } else {
                digit(*byte) - 1
            };
            *byte = *DIGITS.get(next)?;
            return String::from_utf8(bytes).ok();
        }
        *byte = to;
    }
    // All digits ran over: another head, with one digit more or less.
    let head = match (*whole.as_bytes().first()?, up) {
        (b'Z', true) => b'a',
        (b'a', false) => b'Z',
        (b'z', true) | (b'A', false) => return None,
        (head, true) => head + 1,
        (head, false) => head - 1,
    };
    let digits = vec![to; whole_len(head)? - 1];
    let digits = String::from_utf8(digits).ok()?;
    Some(format!("{}{digits}", char::from(head)))
}

/// A fraction between two fractions; none above means one. `low` sorts below
/// `high`, and neither ends in zero.
fn middle(low: &str, high: Option<&str>) -> String {
    let (low, mut high) = (low.as_bytes(), high.map(str::as_bytes));
    let mut out = String::new();
    for at in 0.. {
        let below = low.get(at).map_or(0, |byte| digit(*byte));
        let above = match high {
            Some(high) => high.get(at).map_or(0, |byte| digit(*byte)),
            None => DIGITS.len(),
        };
        if above > below + 1 {
            out.push(char::from(DIGITS[(below + above).div_ceil(2)]));
            break;
        }
        out.push(char::from(DIGITS[below]));
        if above == below + 1 {
            // Everything that goes on from here stays below `high`.
            high = None;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};

    #[test]
    fn a_place_between_two_places_sorts_between_them() {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        let mut places = vec![order_after(None)];
        for _ in 0..5_000 {
            // Now and then the same gap again and again.
            let at = if rng.random_ratio(1, 3) {
                1.min(places.len())
            } else {
                rng.random_range(0..=places.len())
            };
            let before = at.checked_sub(1).map(|at| places[at].as_str());
            let after = places.get(at).map(String::as_str);
            let place = order_between(before, after);
            assert!(
                before.is_none_or(|before| before < place.as_str()),
                "{before:?} {place}"
            );
            assert!(
                after.is_none_or(|after| place.as_str() < after),
                "{place} {after:?}"
            );
            places.insert(at, place);
        }
    }

    #[test]
    fn appending_and_prepending_keep_places_short() {
        let (mut last, mut first) = (order_after(None), order_after(None));
        for _ in 0..100_000 {
            let next = order_after(Some(&last));
            assert!(next > last);
            last = next;
            let next = order_between(None, Some(&first));
            assert!(next < first);
            first = next;
        }
        assert!(last.len() <= 4 && first.len() <= 4, "{last} {first}");
    }

    #[test]
    fn damaged_places_still_give_a_place() {
        for bad in ["", "not a place", "a", "a00", "~", "é0", "80"] {
            assert_eq!(order_between(Some(bad), Some(bad)), FIRST, "{bad}");
        }
        let same = order_after(None);
        assert!(order_between(Some(&same), Some(&same)) > same);
        assert!(order_between(Some("a5"), Some("a3")).as_str() > "a5");
        let smallest = format!("A{}", "0".repeat(26));
        assert_eq!(order_between(None, Some(&smallest)), smallest);
        let largest = format!("z{}", "z".repeat(26));
        assert!(order_after(Some(&largest)) > largest);
    }
}
