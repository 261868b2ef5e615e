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

/// The most places that look like a corner of a code: each is held against all
/// others. A picture of the largest code has some hundreds by chance.
const CORNERS_LIMIT: usize = 2_000;

/// How many places look like a corner of a code, by its middle: five runs of
/// pixels of lengths 1 to 1 to 3 to 1 to 1, where the row above had none.
fn corners<R: Iterator<Item = (usize, usize)>>(
    rows: impl Iterator<Item = R>,
    alike: impl Fn((usize, usize), (usize, usize)) -> bool,
) -> usize {
    let mut count = 0;
    let mut above: Vec<usize> = Vec::new();
    for row in rows {
        let mut here = Vec::new();
        let (mut runs, mut last) = ([0_usize; 5], None);
        for at in row {
            if last.is_none_or(|last| alike(last, at)) {
                runs[4] += 1;
            } else {
                here.extend(is_corner(runs).then_some(at.0));
                runs = [runs[1], runs[2], runs[3], runs[4], 1];
            }
            last = Some(at);
        }
        let mut known = above.iter().copied().peekable();
        for x in &here {
            while known.next_if(|known| known + 2 < *x).is_some() {}
            count += usize::from(known.peek().is_none_or(|known| *known > x + 2));
        }
        if count > CORNERS_LIMIT {
            return count;
        }
        above = here;
    }
    count
}

fn is_corner(runs: [usize; 5]) -> bool {
    let all: usize = runs.iter().sum();
    // In sevenths, so that nothing is lost to rounding.
    let fits = |run: usize, parts: usize| (run * 7).abs_diff(parts * all) * 4 <= all * 3;
    runs[0] > 0
        && runs
            .iter()
            .zip([1, 1, 3, 1, 1])
            .all(|(run, parts)| fits(*run, parts))
}

fn look(width: usize, height: usize, bright: impl Fn(usize) -> u8) -> Vec<String> {
    let at = |x: usize, y: usize| bright(y * width + x);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
    let row = |y: usize| (0..width).map(move |x| (x, y));
    let alike = |one: (usize, usize), next: (usize, usize)| {
        picture.get_pixel_at(one.0, one.1) == picture.get_pixel_at(next.0, next.1)
    };
    if corners((0..height).map(row), alike) > CORNERS_LIMIT {
        return Vec::new();
    }
    let codes = picture.detect_grids();
    codes
        .iter()
        .filter_map(|code| Some(code.decode().ok()?.1))
        .collect()
}
