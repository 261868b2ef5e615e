//! Keys: what a signature proves and what it does not.

use weft_seal::*;

fn key(first: u8) -> Key {
    let mut seed = [0; 32];
    seed[0] = first;
    Key::from_seed(seed)
}

#[test]
fn a_signature_fits_its_key_purpose_and_message_and_nothing_else() {
    let (mine, other) = (key(1), key(2));
    let signature = mine.sign("weft file", b"message");
    assert!(mine.public().verifies("weft file", b"message", &signature));
    assert!(
        !mine
            .public()
            .verifies("weft version", b"message", &signature)
    );
    assert!(!mine.public().verifies("weft file", b"massage", &signature));
    assert!(!other.public().verifies("weft file", b"message", &signature));
    for bit in 0..512 {
        let mut bytes = signature.bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let flipped = Signature::from_bytes(bytes);
        assert!(
            !mine.public().verifies("weft file", b"message", &flipped),
            "bit {bit}"
        );
    }
}

#[test]
fn a_key_of_small_order_proves_nothing() {
    // With the neutral element as key this signature fits every message.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    let key = PublicKey::from_bytes(neutral);
    assert!(!key.verifies("weft file", b"any", &Signature::from_bytes(signature)));
}

#[test]
fn keys_and_signatures_read_back_from_their_text() {
    let key = key(7);
    let public = key.public();
    assert_eq!(public.to_string().parse(), Ok(public));
    let signature = key.sign("a", b"b");
    assert_eq!(signature.to_string().parse(), Ok(signature));
    for bad in ["", "0", "zz", &"0".repeat(63), &"G".repeat(64)] {
        assert_eq!(bad.parse::<PublicKey>(), Err(BadKey), "{bad}");
    }
    assert_eq!(Key::from_seed(key.seed()).public(), public);
}

#[test]
fn the_secret_is_not_in_what_is_printed_of_a_key() {
    let key = Key::from_seed([0xab; 32]);
    assert!(!format!("{key:?}").contains("abab"));
}

/// The example of docs/formats/sealing.md.
#[test]
fn the_fingerprint_of_a_known_key_is_the_documented_one() {
    let print = Key::from_seed([0; 32]).public().fingerprint();
    assert_eq!(
        print.words(WordList::English).join(" "),
        "alert question ball sheriff"
    );
    assert_eq!(print.words(WordList::Chinese).join(""), "种伍明秧");
    let rows: Vec<String> = print
        .picture()
        .iter()
        .map(|row| row.iter().map(|on| if *on { '#' } else { '.' }).collect())
        .collect();
    assert_eq!(rows.join("/"), ".###./.###./...../..#../#####");
}
