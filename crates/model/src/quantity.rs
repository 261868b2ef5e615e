//! Quantities in steps of one half, and exact shares. Whole numbers inside:
//! a sum of class hours never rounds, and a share is compared as a fraction.

use core::fmt;
use core::iter::Sum;
use core::ops::{Add, AddAssign, Neg, Sub};
use core::str::FromStr;

/// Not a number in steps of one half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHalf;

macro_rules! halves {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(i64);

        impl $name {
            /// None at all.
            pub const ZERO: Self = Self(0);
            /// The largest that a field holds.
            pub const MAX: Self = Self(2_000_000);
            /// From a number of halves: 3 is one and a half.
            pub const fn from_halves(halves: i64) -> Self { Self(halves) }
            /// From a whole number.
            pub const fn whole(number: i64) -> Self { Self(number * 2) }
            /// How many halves: one and a half is 3.
            pub const fn halves(self) -> i64 { self.0 }
            /// As a decimal fraction, for charts; sums and rules use halves.
            pub fn as_f64(self) -> f64 { self.0 as f64 / 2.0 }
            /// True for zero.
            pub const fn is_zero(self) -> bool { self.0 == 0 }
            /// The part of `whole` that this is, exactly.
            pub const fn share_of(self, whole: Self) -> Ratio { Ratio { part: self.0, whole: whole.0 } }
        }
        impl fmt::Display for $name {
            /// `48` or `1.5`.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let sign = if self.0 < 0 { "-" } else { "" };
                let size = self.0.unsigned_abs();
                let tail = if size % 2 == 1 { ".5" } else { "" };
                write!(f, "{sign}{}{tail}", size / 2)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self, f) }
        }
        impl FromStr for $name {
            type Err = NotAHalf;
            /// Reads `48`, `1.5`, `1,5` and `48.0`; refuses what is no half.
            fn from_str(text: &str) -> Result<Self, NotAHalf> { read_halves(text).map(Self) }
        }
        impl Add for $name { type Output = Self; fn add(self, other: Self) -> Self { Self(self.0 + other.0) } }
        impl Sub for $name { type Output = Self; fn sub(self, other: Self) -> Self { Self(self.0 - other.0) } }
        impl Neg for $name { type Output = Self; fn neg(self) -> Self { Self(-self.0) } }
        impl AddAssign for $name { fn add_assign(&mut self, other: Self) { self.0 += other.0; } }
        impl Sum for $name { fn sum<I: Iterator<Item = Self>>(iter: I) -> Self { iter.fold(Self(0), Add::add) } }
    };
}

halves! {
    /// Class hours, in steps of one half. How long a class hour lasts (45 or
    /// 60 minutes) is a field of the plan.
    Hours
}
halves! {
    /// Credits, in steps of one half.
    Credits
}
halves! {
    /// Years of schooling, in steps of one half.
    Years
}

impl Hours {
    /// This many hours a week for a number of weeks.
    pub const fn times(self, weeks: i64) -> Self {
        Self(self.0.saturating_mul(weeks))
    }
}

fn read_halves(text: &str) -> Result<i64, NotAHalf> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 7 || !is_number(whole) || !is_number(fraction) {
        return Err(NotAHalf);
    }
    let half = match fraction.trim_end_matches('0') {
        "" => 0,
        "5" => 1,
        _ => return Err(NotAHalf),
    };
    let whole: i64 = whole.parse().map_err(|_| NotAHalf)?;
    Ok(sign * (whole * 2 + half))
}

/// An exact share: `part` of `whole`, both in the same unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Ratio {
    /// The part, in halves.
    pub part: i64,
    /// The whole, in halves; zero means that there is nothing to share.
    pub whole: i64,
}

impl Ratio {
    /// In hundredths of a percent, rounded half up: 31.85 % is 3185. Zero when
    /// there is no whole. For showing; rules compare with `at_least`.
    pub const fn basis_points(self) -> i64 {
        if self.whole == 0 {
            return 0;
        }
        let numerator = self.part as i128 * 20_000 + self.whole as i128;
        (numerator / (2 * self.whole as i128)) as i64
    }

    /// Whether the share reaches `numerator / denominator`, exactly: 268 of
    /// 2,688 does not reach one tenth. An empty whole reaches nothing.
    pub const fn at_least(self, numerator: i64, denominator: i64) -> bool {
        self.whole != 0
            && self.part as i128 * denominator as i128 >= self.whole as i128 * numerator as i128
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hours_are_read_and_written_in_halves() {
        assert_eq!("48".parse::<Hours>().unwrap(), Hours::whole(48));
        assert_eq!("157.0".parse::<Credits>().unwrap().to_string(), "157");
        assert_eq!("1,5".parse::<Hours>().unwrap().to_string(), "1.5");
        assert_eq!("-0.5".parse::<Hours>().unwrap().to_string(), "-0.5");
    }

    #[test]
    fn what_is_no_half_is_refused() {
        for text in ["", "1.25", "a", "1..5", "99999999", "+1", "１", "."] {
            assert!(text.parse::<Hours>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_share_that_misses_by_one_hour_misses() {
        let share = Hours::whole(268).share_of(Hours::whole(2688));
        assert_eq!(share.basis_points(), 997);
        assert!(!share.at_least(1, 10));
        assert!(
            Hours::whole(269)
                .share_of(Hours::whole(2688))
                .at_least(1, 10)
        );
        assert!(!Hours::ZERO.share_of(Hours::ZERO).at_least(0, 1));
    }

    #[test]
    fn the_shares_of_the_example_round_as_printed() {
        let total = Hours::whole(2688);
        assert_eq!(Hours::whole(856).share_of(total).basis_points(), 3185);
        assert_eq!(Hours::whole(288).share_of(total).basis_points(), 1071);
        assert_eq!(Hours::whole(1692).share_of(total).basis_points(), 6295);
    }
}
