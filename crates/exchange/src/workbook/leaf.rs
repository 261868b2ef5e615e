//! A sheet of a workbook in the making: its rows, what stands before and behind
//! them, and how high a row is.

use super::cell::{Merge, letters};
use super::package::{HEAD, MAIN, chosen};

/// The height of a row of one line, in points.
const LINE: usize = 15;
/// The highest that a row may be.
const HIGHEST: usize = 409;
/// A sheet.
#[derive(Default)]
pub(super) struct Leaf {
    pub name: String,
    /// The rows that are not packed yet: all rows of a large sheet take many times as
    /// much memory as its file.
    pub rows: String,
    /// What stands before the rows is packed, and cannot change any more.
    pub begun: bool,
    pub line: u64,
    pub merges: Vec<Merge>,
    pub widths: Vec<(f64, bool)>,
    pub frozen: (usize, u64),
    pub filter: Option<(u64, usize)>,
    pub tall: bool,
    /// Printed on one page, however small it gets.
    pub one_page: bool,
    pub ruled: bool,
    /// Cells that take one of some words: column, lines, the words.
    pub choices: Vec<(usize, Vec<u64>, String)>,
}

impl Leaf {
    /// What stands before the rows.
    pub fn head(&self, first: bool) -> String {
        let mut out = String::new();
        out.push_str(&format!(
            "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView{} workbookViewId=\"0\">",
            match (first, self.ruled) {
                (true, true) => " tabSelected=\"1\"",
                (true, false) => " showGridLines=\"0\" tabSelected=\"1\"",
                (false, true) => "",
                (false, false) => " showGridLines=\"0\"",
            }
        ));
        let (columns, lines) = self.frozen;
        if columns > 0 || lines > 0 {
            let mut pane = String::from("<pane");
            if columns > 0 {
                pane.push_str(&format!(" xSplit=\"{columns}\""));
            }
            if lines > 0 {
                pane.push_str(&format!(" ySplit=\"{lines}\""));
            }
            let which = match (columns > 0, lines > 0) {
                (true, true) => "bottomRight",
                (true, false) => "topRight",
                _ => "bottomLeft",
            };
            out.push_str(&format!(
                "{pane} topLeftCell=\"{}{}\" activePane=\"{which}\" state=\"frozen\"/><selection pane=\"{which}\"/>",
                letters(columns),
                lines + 1
            ));
        }
        out.push_str("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
        if !self.widths.is_empty() {
            out.push_str("<cols>");
            for (at, (width, hidden)) in self.widths.iter().enumerate() {
                let hidden = if *hidden { " hidden=\"1\"" } else { "" };
                out.push_str(&format!(
                    "<col min=\"{0}\" max=\"{0}\" width=\"{width}\"{hidden} customWidth=\"1\"/>",
                    at + 1
                ));
            }
            out.push_str("</cols>");
        }
        out.push_str("<sheetData>");
        out
    }

    /// What stands behind them.
    pub fn tail(&self) -> String {
        let mut out = String::from("</sheetData>");
        if let Some((line, columns)) = self.filter {
            out.push_str(&format!(
                "<autoFilter ref=\"A{line}:{}{}\"/>",
                letters(columns.max(1) - 1),
                self.line
            ));
        }
        if !self.merges.is_empty() {
            out.push_str(&format!("<mergeCells count=\"{}\">", self.merges.len()));
            for merge in &self.merges {
                out.push_str(&format!(
                    "<mergeCell ref=\"{}{}:{}{}\"/>",
                    letters(merge.first.0),
                    merge.first.1,
                    letters(merge.last.0),
                    merge.last.1
                ));
            }
            out.push_str("</mergeCells>");
        }
        out.push_str(&chosen(&self.choices));
        let way = if self.tall { "portrait" } else { "landscape" };
        let pages = usize::from(self.one_page);
        out.push_str(&format!(
            "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"{way}\" fitToHeight=\"{pages}\"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
        ));
        out
    }
}

/// How high a row of so many lines is; nothing where one line does.
pub(super) fn height(lines: usize) -> Option<usize> {
    (lines > 1).then(|| (lines * LINE).min(HIGHEST))
}

/// How many lines a text takes in a column of this width, broken at its blanks and
/// between Chinese letters. An estimate: a program that shows the file breaks it by a
/// font of its own, and some do not make rows higher by themselves.
pub(super) fn lines(text: &str, width: f64) -> usize {
    let width = width.max(1.0);
    let paragraph = |text: &str| {
        let (mut lines, mut used) = (1, 0.0);
        for word in text.split_inclusive(' ') {
            let own = wide(word.trim_end());
            if used > 0.0 && used + own > width {
                lines += 1;
                used = 0.0;
            }
            used += wide(word);
            // Longer than a line by itself.
            while own > width && used > width {
                lines += 1;
                used -= width;
            }
        }
        lines
    };
    text.split('\n').map(paragraph).sum()
}

/// The width of a text as that of columns is counted, in digits: Chinese letters are
/// as wide as two, Latin ones on average narrower than one.
pub(super) fn wide(text: &str) -> f64 {
    let wide = |letter: char| if letter < '\u{2e80}' { 0.92 } else { 2.0 };
    text.chars().map(wide).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_a_line_more_where_its_next_word_has_no_room() {
        assert_eq!(lines("", 10.0), 1);
        assert_eq!(lines("Turning", 10.0), 1);
        assert_eq!(lines("Turning and milling", 11.0), 2);
        assert_eq!(lines("Turning and milling", 8.0), 3);
        assert_eq!(lines("One\ntwo\nthree", 10.0), 3);
        // Without blanks: anywhere.
        assert_eq!(lines("数控车削加工", 6.0), 2);
        assert_eq!(lines(&"x".repeat(30), 10.0), 3);
        assert_eq!((height(1), height(2)), (None, Some(30)));
        assert_eq!(height(1_000), Some(409));
    }
}
