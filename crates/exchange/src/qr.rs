//! Reads the codes that phones read links from out of a picture.

/// The words of every code in a picture, as brightnesses from 0 (black) to 255,
/// row by row. Light codes on dark ground are found as well.
pub fn read(width: usize, height: usize, grey: &[u8]) -> Vec<String> {
    if width == 0 || height == 0 || grey.len() < width.saturating_mul(height) {
        return Vec::new();
    }
    let found = look(width, height, |at| grey.get(at).copied().unwrap_or(255));
    if !found.is_empty() {
        return found;
    }
    look(width, height, |at| 255 - grey.get(at).copied().unwrap_or(0))
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
