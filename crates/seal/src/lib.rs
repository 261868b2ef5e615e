//! Keys and what is signed with them: who a partner is, the form in which a
//! plan is hashed, signatures under a version and what they count for.
//!
//! A signature proves between partners that the holder of a key has signed these
//! very bytes. It is no electronic signature in law.
//!
//! Deliberately not here: where keys are kept, clocks and chance (seeds are
//! handed in), sentences.

mod canonical;
mod changed;
mod fingerprint;
mod key;
mod signing;

pub use canonical::{Digest, Scope, canonical, canonical_in, digest, digest_in, digest_of};
pub use changed::changed;
pub use fingerprint::{Fingerprint, WordList};
pub use key::{BadKey, Key, PublicKey, Signature};
pub use signing::{
    Need, PURPOSE, StageState, Standing, Statement, is_genuine, scope, signers, stages, standing,
};
