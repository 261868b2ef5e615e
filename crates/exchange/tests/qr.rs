//! Codes are read out of pictures as they come: turned, small, dim, noisy.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use qrcodegen::{QrCode, QrCodeEcc};
use rand::Rng;
use weft_exchange::qr;

const SIDE: usize = 700;

/// A photo of a code: turned by an angle, each of its modules so many pixels wide.
fn photo(words: &str, angle: f64, module: f64, light: bool, noise: i32) -> Vec<u8> {
    let code = QrCode::encode_text(words, QrCodeEcc::Low).unwrap();
    let (sin, cos) = angle.to_radians().sin_cos();
    let half = f64::from(code.size()) / 2.0;
    let mut rng = weft_sample::chance(5);
    let mut grey = Vec::with_capacity(SIDE * SIDE);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (dx, dy) = (x as f64 - 350.0, y as f64 - 350.0);
            let (u, v) = (
                (dx * cos + dy * sin) / module + half,
                (dy * cos - dx * sin) / module + half,
            );
            let dark = code.get_module(u.floor() as i32, v.floor() as i32) != light;
            // Lit from one side.
            let ground = if dark { 40 } else { 170 + (x / 14) as i32 };
            grey.push((ground + rng.random_range(-noise..=noise)).clamp(0, 255) as u8);
        }
    }
    grey
}

#[test]
fn a_code_is_read_however_it_is_held() {
    let link = format!("https://weft.example/#/open/p{}", "Ab3_-".repeat(80));
    for angle in [0.0, 3.0, 17.0, 45.0, 90.0, 133.0, 180.0, 271.0] {
        for module in [5.0, 6.3] {
            let grey = photo(&link, angle, module, false, 12);
            assert_eq!(
                qr::read(SIDE, SIDE, &grey),
                std::slice::from_ref(&link),
                "{angle} {module}"
            );
        }
    }
}

#[test]
fn a_light_code_on_dark_ground_is_read_too() {
    let grey = photo("weft", 5.0, 9.0, true, 3);
    assert_eq!(qr::read(SIDE, SIDE, &grey), ["weft"]);
}

#[test]
fn a_picture_without_a_code_or_of_another_size_holds_none() {
    let mut rng = weft_sample::chance(8);
    let noise: Vec<u8> = (0..SIDE * SIDE)
        .map(|_| rng.random_range(0..=255))
        .collect();
    assert!(qr::read(SIDE, SIDE, &noise).is_empty());
    assert!(qr::read(SIDE, SIDE, &vec![255; SIDE * SIDE]).is_empty());
    assert!(qr::read(SIDE, SIDE, &[0; 10]).is_empty() && qr::read(0, 0, &[]).is_empty());
    // Half a code.
    let mut half = photo("weft and warp", 0.0, 12.0, false, 0);
    half[SIDE * SIDE / 2..].fill(255);
    assert!(qr::read(SIDE, SIDE, &half).is_empty());
}
