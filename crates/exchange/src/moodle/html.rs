//! Descriptions: Moodle keeps them as HTML, a plan as plain text. What comes
//! in loses its markup, never its words; nothing of it ever runs.

/// Plain text as paragraphs.
pub(super) fn of(text: &str) -> String {
    let paragraphs = text.split('\n').map(|line| {
        let mut out = String::from("<p>");
        for sign in line.chars() {
            match sign {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                // Read over in HTML, and so in what comes back.
                '\r' => out.push_str("&#13;"),
                sign => out.push(sign),
            }
        }
        out.push_str("</p>");
        out
    });
    paragraphs.collect()
}

/// The words of HTML, a line per paragraph.
pub(crate) fn plain(html: &str) -> String {
    let mut out = String::new();
    // What is left behind the last end of a tag: there no tag begins, and nobody
    // looks for its end again and again.
    let behind = html.rfind('>').map_or(usize::MAX, |at| html.len() - at);
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (words, tail) = rest.split_at(at);
        out.push_str(words);
        if let Some(tail) = tail.strip_prefix('&') {
            match entity(tail) {
                Some((sign, after)) => {
                    out.push(sign);
                    rest = after;
                }
                None => {
                    out.push('&');
                    rest = tail;
                }
            }
            continue;
        }
        let inner = tail.strip_prefix('<').unwrap_or(tail);
        let starts = inner.len() >= behind
            && inner.starts_with(|sign: char| sign.is_ascii_alphabetic() || "/!?".contains(sign));
        match starts.then(|| inner.find('>')).flatten() {
            Some(end) => {
                let name = inner.get(..end).unwrap_or_default().to_ascii_lowercase();
                let name = name.split([' ', '\n', '\t']).next().unwrap_or_default();
                match name.trim_end_matches('/') {
                    "br" | "/p" | "/div" | "/li" | "/h1" | "/h2" | "/h3" | "/h4" | "/tr" => {
                        out.push('\n')
                    }
                    _ => {}
                }
                rest = inner.get(end + 1..).unwrap_or_default();
                if matches!(name, "script" | "style") {
                    let close = format!("</{name}");
                    let mut windows = rest.as_bytes().windows(close.len());
                    let at = windows.position(|it| it.eq_ignore_ascii_case(close.as_bytes()));
                    rest = at.and_then(|at| rest.get(at..)).unwrap_or_default();
                }
            }
            None => {
                out.push('<');
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    // The last paragraph ends, it does not begin another.
    match out.strip_suffix('\n') {
        Some(text) if html.trim_end().ends_with('>') => text.to_owned(),
        _ => out,
    }
}

/// The sign of an entity, and what stands behind it.
fn entity(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(11).position(|byte| byte == b';')?;
    let name = text.get(..end)?;
    let after = text.get(end + 1..)?;
    let sign = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "bull" => '•',
        "middot" => '·',
        "pound" => '£',
        "euro" => '€',
        "deg" => '°',
        number => {
            let digits = number.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((sign, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_out_as_html_comes_back_as_it_was() {
        for text in [
            "a",
            "",
            "a\nb",
            "a\n",
            "\n",
            "<b>&amp;</b>",
            "1 < 2 > 0",
            "a\r\nb",
            "</p>",
            "&lt;",
        ] {
            assert_eq!(plain(&of(text)), text, "{text:?}");
        }
    }

    #[test]
    fn markup_falls_away_and_words_stay() {
        for (html, words) in [
            ("<p>One</p><p>Two</p>", "One\nTwo"),
            ("plain & simple", "plain & simple"),
            ("a<br/>b <i class=\"x\">c</i>", "a\nb c"),
            ("<script>alert(1)</script>x", "x"),
            ("<script>never closed", ""),
            ("2 < 3", "2 < 3"),
            ("<p>open", "open"),
            ("&bogus; &#1114112; &#x41;", "&bogus; &#1114112; A"),
            ("<", "<"),
            ("é<ü", "é<ü"),
            ("it&rsquo;s &pound;5&ndash;6", "it’s £5–6"),
            ("a <b and >", "a "),
            ("<p>a</p> <b", "a\n <b"),
            ("<STYLE>x</Style>y", "y"),
        ] {
            assert_eq!(plain(html), words, "{html:?}");
        }
    }

    #[test]
    fn a_million_beginnings_of_tags_and_signs_are_read_once() {
        for text in ["<a", "&", "< ", "<script></script>"] {
            let bomb = text.repeat(1_000_000);
            assert!(plain(&bomb).len() <= bomb.len());
        }
    }
}
