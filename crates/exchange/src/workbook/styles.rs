//! The looks of cells. Only those that are used go into the file.

use core::fmt::Write as _;

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Style {
    pub bold: bool,
    /// Larger than the rest.
    pub large: bool,
    /// Paler than the rest.
    pub quiet: bool,
    pub fill: Fill,
    pub align: Align,
    /// Broken into lines.
    pub wrap: bool,
    /// Written upwards.
    pub turned: bool,
    /// With lines around it.
    pub boxed: bool,
}

/// What a cell is filled with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Fill {
    #[default]
    None,
    /// A head.
    Head,
    /// A heading between rows, or a sum.
    Band,
    /// A step of the scale, from 0 (not stated) to 5 (highest).
    Step(u8),
}

/// Where the text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Align {
    #[default]
    Usual,
    /// Where texts stand, also of a number.
    Start,
    Centre,
}

/// The fill and the letters of a step, as on the screen (style/tokens.css,
/// light).
const STEPS: [(&str, &str); 6] = [
    ("F4F5FA", "2B3679"),
    ("E3E6F4", "2B3679"),
    ("CAD0EA", "232E6C"),
    ("B1BAE0", "1B2459"),
    ("7480BD", "0E1438"),
    ("36438F", "FFFFFF"),
];

/// The styles of a workbook, by number.
pub(super) struct Styles {
    used: Vec<Style>,
    /// Most cells look like the one before them.
    last: (Style, usize),
}

impl Default for Styles {
    fn default() -> Self {
        Self {
            used: vec![Style::default()],
            last: (Style::default(), 0),
        }
    }
}

impl Styles {
    /// The number of a style.
    pub fn at(&mut self, style: Style) -> usize {
        if self.last.0 == style {
            return self.last.1;
        }
        let known = self.used.iter().position(|known| *known == style);
        let at = known.unwrap_or_else(|| {
            self.used.push(style);
            self.used.len() - 1
        });
        self.last = (style, at);
        at
    }

    /// The part.
    pub fn xml(&self) -> String {
        let (mut fonts, mut fills, mut cells) = (Vec::new(), Vec::new(), String::new());
        let number = |all: &mut Vec<String>, one: String| {
            all.iter()
                .position(|known| *known == one)
                .unwrap_or_else(|| {
                    all.push(one);
                    all.len() - 1
                })
        };
        // The first two fills are given by the format itself.
        fills.push("<fill><patternFill patternType=\"none\"/></fill>".to_owned());
        fills.push("<fill><patternFill patternType=\"gray125\"/></fill>".to_owned());
        for style in &self.used {
            let font = number(&mut fonts, font(*style));
            let fill = match colour(style.fill) {
                None => 0,
                Some(colour) => number(
                    &mut fills,
                    format!(
                        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
                    ),
                ),
            };
            let border = usize::from(style.boxed);
            cells.push_str(&format!(
                "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">{}</xf>",
                alignment(*style)
            ));
        }
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
        );
        let mut list = |name: &str, all: &[String]| {
            // Writing to a string does not fail.
            write!(
                out,
                "<{name} count=\"{}\">{}</{name}>",
                all.len(),
                all.concat()
            )
            .is_ok()
        };
        list("fonts", &fonts);
        list("fills", &fills);
        let side =
            |name: &str| format!("<{name} style=\"thin\"><color rgb=\"FFC4C8D4\"/></{name}>");
        let sides = ["left", "right", "top", "bottom"].map(side).concat();
        list(
            "borders",
            &[
                "<border><left/><right/><top/><bottom/><diagonal/></border>".to_owned(),
                format!("<border>{sides}<diagonal/></border>"),
            ],
        );
        out.push_str("<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>");
        out.push_str(&format!(
            "<cellXfs count=\"{}\">{cells}</cellXfs>",
            self.used.len()
        ));
        out.push_str("<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>");
        out
    }
}

fn colour(fill: Fill) -> Option<&'static str> {
    match fill {
        Fill::None => None,
        Fill::Head => Some("E9ECF5"),
        Fill::Band => Some("F4F5FA"),
        Fill::Step(step) => STEPS.get(usize::from(step)).map(|(fill, _)| *fill),
    }
}

fn font(style: Style) -> String {
    let letters = match style.fill {
        Fill::Step(step) => STEPS.get(usize::from(step)).map(|(_, letters)| *letters),
        _ if style.quiet => Some("5B6070"),
        _ => None,
    };
    let colour = letters.unwrap_or("1A1D29");
    format!(
        "<font>{}<sz val=\"{}\"/><color rgb=\"FF{colour}\"/><name val=\"Calibri\"/><family val=\"2\"/></font>",
        if style.bold { "<b/>" } else { "" },
        if style.large { 16 } else { 11 },
    )
}

fn alignment(style: Style) -> String {
    let mut out = String::from("<alignment");
    match style.align {
        Align::Usual => {}
        Align::Start => out.push_str(" horizontal=\"left\""),
        Align::Centre => out.push_str(" horizontal=\"center\""),
    }
    out.push_str(if style.turned {
        " vertical=\"bottom\" textRotation=\"90\""
    } else if style.align == Align::Centre || style.boxed {
        // What stands beside figures in a form, too.
        " vertical=\"center\""
    } else {
        " vertical=\"top\""
    });
    if style.wrap {
        out.push_str(" wrapText=\"1\"");
    }
    out.push_str("/>");
    out
}
