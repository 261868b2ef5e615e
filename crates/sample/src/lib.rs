//! Plans and edits for tests and benches, from seeds: the same seed gives the
//! same plan on every machine. Never part of the program.
//!
//! Deliberately not here: real curricula (they are fixtures) and anything that
//! knows how a plan is stored.

mod large;
mod random;
mod words;

pub use large::{Size, large, large_plan, sized};
pub use random::{fresh_uid, random_act, random_command, random_value};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Chance from a seed.
pub fn chance(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}
