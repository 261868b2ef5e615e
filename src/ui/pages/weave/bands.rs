//! The heads of groups: terms at the left, roles and tasks at the top. There
//! are as many elements as groups can be seen.

use std::ops::Range;

use super::frame::{BAND, px};
use super::sheet::Group;
use crate::browser::piece::Piece;

/// The head of a group.
pub(super) struct Band {
    box_: Piece,
    label: Piece,
    of: Option<usize>,
}

impl Band {
    /// Writes it anew at the next frame.
    pub fn forget(&mut self) {
        self.of = None;
    }
}

/// Which way the groups lie.
#[derive(Clone, Copy)]
pub(super) enum Along {
    /// At the left, below each other.
    Down { cell: f64, scroll: f64, code: bool },
    /// At the top, side by side.
    Across {
        cell: f64,
        scroll: f64,
        window: f64,
        height: f64,
    },
}

/// Groups that reach into what is seen; their labels stay in sight with them.
pub(super) fn place_bands(
    bands: &mut Vec<Band>,
    parent: &Piece,
    groups: &[Group],
    seen: Range<usize>,
    along: Along,
) {
    let shown = groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.start < seen.end && group.end > seen.start);
    let mut used = 0;
    for (at, group) in shown {
        if bands.len() == used {
            let made = parent.grow("div", "weave-band").and_then(|box_| {
                let label = box_.grow("span", "weave-band-label")?;
                Some(Band {
                    box_,
                    label,
                    of: None,
                })
            });
            match made {
                Some(band) => bands.push(band),
                None => return,
            }
        }
        let band = &mut bands[used];
        used += 1;
        let fresh = band.of != Some(at);
        band.of = Some(at);
        band.box_.show(true);
        let (start, size) = match along {
            Along::Down { cell, .. } | Along::Across { cell, .. } => (
                group.start as f64 * cell,
                (group.end - group.start) as f64 * cell,
            ),
        };
        match along {
            Along::Down { scroll, code, .. } => {
                if fresh {
                    band.box_.style("top", &px(start));
                    band.box_.style("height", &px(size));
                    band.box_.style("width", &px(BAND));
                    band.box_.set("title", &group.title);
                    band.box_.class(if code {
                        "weave-band"
                    } else {
                        "weave-band long"
                    });
                    band.label.text(&group.code);
                }
                let into = (scroll - start).clamp(0.0, (size - 24.0).max(0.0));
                band.label.shift(0.0, into);
            }
            Along::Across {
                scroll,
                window,
                height,
                ..
            } => {
                if fresh {
                    band.box_.style("left", &px(start));
                    band.box_.style("width", &px(size));
                    band.box_.style("height", &px(height));
                    let text = format!("{} {}", group.code, group.title);
                    band.box_.set("title", text.trim());
                    band.label.text(text.trim());
                }
                let into = (scroll - start).clamp(0.0, (size - 32.0).max(0.0));
                let room = (size - into).min(window - (start + into - scroll)).max(0.0);
                band.label.shift(into, 0.0);
                band.label.style("width", &px(room));
            }
        }
    }
    for band in &mut bands[used..] {
        band.of = None;
        band.box_.show(false);
    }
}
