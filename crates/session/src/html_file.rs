//! One web page that holds a plan with its whole history and the editor itself
//! (`.html`): opened by a tap, it needs no host and no network. Writing one, and
//! finding the plan in one without running anything of it. The layout is in
//! docs/formats/html-file.md; what stands in it as a plan is a `.weft` file.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha2::{Digest, Sha256};

use crate::weft_file::FileProblem;

/// What stands right before the plan, to the letter.
pub const PLAN_MARK: &str = "<script type=\"application/x-weft\" id=\"weft-plan\">";
/// The type of the elements that hold the program's parts.
pub const PART_TYPE: &str = "application/x-weft-part";

/// Written with padding, read with or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// One file of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// By which the script asks for it: letters, figures, `.`, `_` and `-`.
    pub name: String,
    /// Its bytes after gzip, in base64.
    pub packed: String,
}

/// The editor as a page carries it along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The script that starts it; nothing else in the page may run.
    pub script: String,
    /// All of its styles.
    pub style: String,
    /// Its WebAssembly files.
    pub parts: Vec<Part>,
}

/// What a page says before the editor stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover<'a> {
    /// The plan's title.
    pub title: &'a str,
    /// The language of the title and the words, as a BCP 47 tag.
    pub lang: &'a str,
    /// What to do where no script runs.
    pub words: &'a str,
}

/// The program cannot be written into a page: a text of it would end the element
/// that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritable;

/// Bytes in base64, as the page holds them.
pub fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Writes a page around a `.weft` file.
pub fn write(program: &Program, cover: &Cover<'_>, weft: &[u8]) -> Result<Vec<u8>, Unwritable> {
    let Program {
        script,
        style,
        parts,
    } = program;
    let lower = script.to_ascii_lowercase();
    let ends_early = lower.contains("</script")
        || lower.contains("<!--")
        || script.contains(PLAN_MARK)
        || style.to_ascii_lowercase().contains("</style")
        || style.contains(PLAN_MARK);
    if ends_early || !parts.iter().all(is_plain) {
        return Err(Unwritable);
    }
    let policy = policy(script, style);
    let (lang, title) = (escape(cover.lang), escape(cover.title));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style id=\"weft-style\">{style}</style>\n{PLAN_MARK}"
    );
    out.reserve(
        weft.len() / 3 * 4
            + parts
                .iter()
                .map(|part| part.packed.len() + 100)
                .sum::<usize>(),
    );
    BASE64.encode_string(weft, &mut out);
    out.push_str("</script>\n");
    for Part { name, packed } in parts {
        out.push_str(&format!(
            "<script type=\"{PART_TYPE}\" data-name=\"{name}\">"
        ));
        out.push_str(packed);
        out.push_str("</script>\n");
    }
    let words = escape(cover.words);
    out.push_str(&format!(
        "</head>\n<body>\n<div id=\"weft-start\" role=\"status\"><noscript>{words}</noscript></div>\n\
         <script id=\"weft-script\">{script}</script>\n</body>\n</html>\n"
    ));
    Ok(out.into_bytes())
}

fn is_plain(part: &Part) -> bool {
    let name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    part.name.bytes().all(name) && part.packed.bytes().all(letter)
}

/// What the page may do: run the one script, take the one style, and nothing over
/// any network.
fn policy(script: &str, style: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", base64(&Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; \
         img-src blob: data:; worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'; \
         trusted-types weft; require-trusted-types-for 'script'",
        hash(script),
        hash(style)
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => {}
            other => out.push(other),
        }
    }
    out
}

/// Whether bytes begin as a web page does.
pub fn is_html(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    let begins = |with: &[u8]| {
        let head = bytes.get(..with.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(with))
    };
    begins(b"<!doctype html") || begins(b"<html")
}

/// The `.weft` file in a page. Nothing of the page runs, and what surrounds the
/// plan is not looked at: pages of older and newer programs are read alike. A
/// page with two plans is refused, for nobody knows which one its reader saw.
pub fn find(page: &[u8]) -> Result<Vec<u8>, FileProblem> {
    if !is_html(page) {
        return Err(FileProblem::NotThisFormat);
    }
    let mut marks = marks(page);
    let begin = marks.next().ok_or(FileProblem::PageWithoutPlan)?;
    if marks.next().is_some() {
        return Err(FileProblem::PageWithPlans);
    }
    let rest = page.get(begin..).unwrap_or_default();
    // Base64 has no such sign: it ends where the next element does.
    let end = rest.iter().position(|byte| *byte == b'<');
    let end = end.ok_or(FileProblem::Torn)?;
    let (text, behind) = rest.split_at(end);
    let close = b"</script>";
    if !behind.starts_with(close) {
        let cut = close.starts_with(behind);
        return Err(if cut {
            FileProblem::Torn
        } else {
            FileProblem::Damaged
        });
    }
    unpack(text)
}

/// The bytes of the plan from the text of its element.
pub fn unpack(text: &[u8]) -> Result<Vec<u8>, FileProblem> {
    // A program that breaks long lines on the way does no harm. Piece by piece:
    // the page, the plan and a third of that size would be too much at once.
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + PIECE);
    let mut piece = Vec::with_capacity(PIECE);
    for byte in text.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        if piece.len() == PIECE {
            take(&mut piece, &mut out)?;
            // What is filled up is at its end.
            if out.len() % 3 != 0 {
                return Err(FileProblem::Damaged);
            }
        }
        piece.push(*byte);
    }
    take(&mut piece, &mut out)?;
    Ok(out)
}

/// So many letters are decoded at once; each four of them are three bytes.
const PIECE: usize = 1 << 14;

fn take(piece: &mut Vec<u8>, out: &mut Vec<u8>) -> Result<(), FileProblem> {
    let decoded = BASE64.decode_vec(&piece, out);
    decoded.map_err(|_| FileProblem::Damaged)?;
    piece.clear();
    Ok(())
}

/// Where the text behind each mark begins.
fn marks(page: &[u8]) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = page.get(from..)?;
            let at = rest.iter().position(|byte| *byte == b'<')?;
            let here = from + at;
            from = here + 1;
            if page.get(here..)?.starts_with(PLAN_MARK.as_bytes()) {
                from = here + PLAN_MARK.len();
                return Some(from);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn program() -> Program {
        Program {
            script: "\"use strict\";\nif (1 < 2) start();".into(),
            style: "body { color: red }".into(),
            parts: vec![Part {
                name: "weft_bg.wasm".into(),
                packed: base64(b"\0asm"),
            }],
        }
    }

    fn page(weft: &[u8]) -> Vec<u8> {
        let cover = Cover {
            title: "数控 <b>\"&amp;\"</b></title><script>alert(1)</script>",
            lang: "zh-CN",
            words: "Open it in a browser.",
        };
        write(&program(), &cover, weft).unwrap()
    }

    #[test]
    fn the_plan_is_found_as_it_was_put_in_whatever_its_length() {
        for length in 0..70_u8 {
            let weft: Vec<u8> = (0..length).map(|at| at.wrapping_mul(37)).collect();
            assert_eq!(find(&page(&weft)), Ok(weft));
        }
    }

    #[test]
    fn a_title_never_becomes_markup() {
        let text = String::from_utf8(page(b"weft")).unwrap();
        assert!(
            text.contains("<title>数控 &lt;b&gt;&quot;&amp;amp;&quot;&lt;/b&gt;&lt;/title&gt;")
        );
        assert_eq!(text.matches("<script id=\"weft-script\">").count(), 1);
        assert!(!text.contains("<script>"));
    }

    #[test]
    fn the_policy_allows_the_one_script_and_no_network() {
        let text = String::from_utf8(page(b"weft")).unwrap();
        let hash = base64(&Sha256::digest(program().script));
        assert!(text.contains(&format!("script-src 'sha256-{hash}' 'wasm-unsafe-eval';")));
        assert!(text.contains("default-src 'none';") && text.contains("connect-src 'none';"));
        assert!(text.contains("trusted-types weft; require-trusted-types-for 'script'"));
    }

    #[test]
    fn a_program_that_would_end_its_element_is_not_written() {
        let cover = Cover {
            title: "",
            lang: "en",
            words: "",
        };
        let spoil: [fn(&mut Program); 5] = [
            |program| program.script.push_str("'</SCRIPT >'"),
            |program| program.script.push_str("// <!-- "),
            |program| program.style.push_str("/* </style> */"),
            |program| program.parts[0].name.push_str("\"><script>"),
            |program| program.parts[0].packed.push_str("</script>"),
        ];
        for spoil in spoil {
            let mut program = program();
            spoil(&mut program);
            assert_eq!(write(&program, &cover, b""), Err(Unwritable));
        }
    }

    #[test]
    fn a_page_cut_anywhere_gives_the_reason_or_the_whole_plan() {
        let whole = page(b"a plan with its history");
        let text = String::from_utf8(whole.clone()).unwrap();
        let mark_ends = text.find(PLAN_MARK).unwrap() + PLAN_MARK.len();
        let plan_ends = mark_ends + text[mark_ends..].find("</script>").unwrap() + 9;
        for end in 0..whole.len() {
            let found = find(&whole[..end]);
            if end < "<!doctype html".len() {
                assert_eq!(found, Err(FileProblem::NotThisFormat), "{end}");
            } else if end < mark_ends {
                assert_eq!(found, Err(FileProblem::PageWithoutPlan), "{end}");
            } else if end < plan_ends {
                assert_eq!(found, Err(FileProblem::Torn), "{end}");
            } else {
                assert_eq!(
                    found.as_deref(),
                    Ok(&b"a plan with its history"[..]),
                    "{end}"
                );
            }
        }
    }

    #[test]
    fn two_plans_are_refused_and_none_is_told_apart_from_no_page() {
        let mut two = page(b"one");
        two.extend(format!("{PLAN_MARK}{}</script>", base64(b"two")).bytes());
        assert_eq!(find(&two), Err(FileProblem::PageWithPlans));
        let hidden = [
            b"<!doctype html><!-- ".as_slice(),
            &page(b"one"),
            &page(b"one"),
        ]
        .concat();
        assert_eq!(find(&hidden), Err(FileProblem::PageWithPlans));
        let none = b"<!DOCTYPE HTML><title>Weft</title><script id=\"weft-plan\"></script>";
        assert_eq!(find(none), Err(FileProblem::PageWithoutPlan));
        for other in [
            &b""[..],
            b"\x89WEFT",
            b"{}",
            b"<svg>",
            b"plain words <html>",
        ] {
            assert_eq!(find(other), Err(FileProblem::NotThisFormat));
        }
    }

    #[test]
    fn what_travel_does_to_a_page_does_no_harm() {
        let weft: Vec<u8> = (0..4_000_u32).map(|at| (at * at) as u8).collect();
        let text = String::from_utf8(page(&weft)).unwrap();
        // A mark of UTF-8 before, other ends of lines, long lines broken.
        let mut broken = String::from("\u{feff}\r\n");
        for (at, letter) in text.replace('\n', "\r\n").chars().enumerate() {
            broken.push(letter);
            let in_plan = at > text.find(PLAN_MARK).unwrap() + 200;
            if in_plan && at % 76 == 0 && letter.is_ascii_alphanumeric() && at < 4_000 {
                broken.push_str("\r\n");
            }
        }
        assert_eq!(find(broken.as_bytes()), Ok(weft));
    }

    #[test]
    fn a_hostile_page_is_refused_without_being_run_or_unpacked() {
        let around = |text: &str| format!("<!doctype html>{PLAN_MARK}{text}").into_bytes();
        for (text, problem) in [
            ("not base64 !</script>", FileProblem::Damaged),
            ("QUJD<script>", FileProblem::Damaged),
            ("QUJD</script", FileProblem::Torn),
            ("QUJ=D</script>", FileProblem::Damaged),
            ("QUJDR</script>", FileProblem::Damaged),
            ("\u{202e}</script>", FileProblem::Damaged),
        ] {
            assert_eq!(find(&around(text)), Err(problem), "{text}");
        }
        // A huge page of nothing but beginnings.
        let mut huge = b"<!doctype html>".to_vec();
        huge.resize(32 << 20, b'<');
        assert_eq!(find(&huge), Err(FileProblem::PageWithoutPlan));
        let endless = around(&"QUJD".repeat(4 << 20));
        assert_eq!(find(&endless), Err(FileProblem::Torn));
    }

    #[test]
    fn a_page_of_another_program_is_read_by_its_plan_alone() {
        let older = format!(
            "<html lang=en>\n<body onload=\"x()\"><script>old()</script>{PLAN_MARK}\n{}\n</script></body>",
            base64(b"older")
        );
        assert_eq!(find(older.as_bytes()).as_deref(), Ok(&b"older"[..]));
    }
}
