//! The one stylesheet: all files of style/ in a fixed order, without comments.

use crate::hash;
use crate::pack::read;
use anyhow::{Result, bail};
use std::path::Path;

/// All styles in their fixed order: values, defaults, page, parts, paper. A file
/// of style/ that has no place in the order is an error, not a silent loss.
pub fn styles(root: &Path) -> Result<String> {
    let folder = root.join("style");
    let mut ordered = Vec::new();
    for name in ["tokens.css", "base.css", "layout.css"] {
        ordered.push(folder.join(name));
    }
    ordered.extend(hash::files(&folder.join("components"))?);
    ordered.push(folder.join("print.css"));
    ordered.retain(|path| path.is_file());
    for path in hash::files(&folder)? {
        if path.extension().is_some_and(|extension| extension == "css") && !ordered.contains(&path)
        {
            bail!(
                "{} has no place in the order tokens, base, layout, components/*, print",
                path.display()
            );
        }
    }
    let mut all = String::new();
    for path in ordered {
        all.push_str(&read(&path)?);
        all.push('\n');
    }
    Ok(without_comments(&all))
}

/// CSS without comments and the blank lines they leave. Quoted text is kept.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut quote: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            continue;
        }
        if quote == Some(c) {
            quote = None;
        } else if quote.is_none() && (c == '"' || c == '\'') {
            quote = Some(c);
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    let lines: Vec<&str> = out
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_leave_a_stylesheet_but_quoted_text_stays() {
        assert_eq!(
            without_comments("/* a */ b{c:\"/* d */\"}\n\n/* e"),
            " b{c:\"/* d */\"}"
        );
    }
}
