//! Reads the codes that phones read links from out of a picture.

/// The words of every code in a picture, as brightnesses from 0 (black) to 255,
/// row by row. Light codes on dark ground are found as well.
pub fn read(width: usize, height: usize, grey: &[u8]) -> Vec<String> {
    if width == 0 || height == 0 || grey.len() < width.saturating_mul(height) {
        return Vec::new();
    }
    let found = both(width, height, grey);
    if !found.is_empty() || width.saturating_mul(height) > TURNED_PIXELS {
        return found;
    }
    // The finder loses some codes at some angles, and has them a little turned.
    TURNS
        .iter()
        .map(|degrees| both(width, height, &turned(width, height, grey, *degrees)))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// By how many degrees a picture without a code is turned for another look.
const TURNS: [f64; 3] = [15.0, -15.0, 30.0];

/// The most pixels of a picture that is looked at again, turned.
const TURNED_PIXELS: usize = 2_000_000;

fn both(width: usize, height: usize, grey: &[u8]) -> Vec<String> {
    let found = look(width, height, |at| grey.get(at).copied().unwrap_or(255));
    if !found.is_empty() {
        return found;
    }
    look(width, height, |at| 255 - grey.get(at).copied().unwrap_or(0))
}

/// The picture turned about its middle, white where nothing was.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "places within a picture of bounded size"
)]
fn turned(width: usize, height: usize, grey: &[u8], degrees: f64) -> Vec<u8> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (middle_x, middle_y) = (width as f64 / 2.0, height as f64 / 2.0);
    let at = |x: f64, y: f64| {
        let inside = x >= 0.0 && y >= 0.0 && x < width as f64 && y < height as f64;
        let place = if inside {
            y as usize * width + x as usize
        } else {
            usize::MAX
        };
        f64::from(grey.get(place).copied().unwrap_or(255))
    };
    let mut out = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let (right, down) = (x as f64 - middle_x, y as f64 - middle_y);
            let u = right * cos + down * sin + middle_x;
            let v = down * cos - right * sin + middle_y;
            let (part_x, part_y) = (u - u.floor(), v - v.floor());
            let upper = at(u, v) * (1.0 - part_x) + at(u + 1.0, v) * part_x;
            let lower = at(u, v + 1.0) * (1.0 - part_x) + at(u + 1.0, v + 1.0) * part_x;
            out.push((upper * (1.0 - part_y) + lower * part_y) as u8);
        }
    }
    out
}

fn look(width: usize, height: usize, bright: impl Fn(usize) -> u8) -> Vec<String> {
    let at = |x: usize, y: usize| bright(y * width + x);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
    let codes = picture.detect_grids();
    codes
        .iter()
        .filter_map(|code| Some(code.decode().ok()?.1))
        .collect()
}
