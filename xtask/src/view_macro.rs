//! Reads Leptos `view!` macros as tokens and finds what Trusted Types would refuse
//! in the browser: a nested element whose attributes and children are all literals
//! becomes `template.innerHTML` (a TypeError and a blank page), `inner_html` is
//! the same by name, and a `style="…"` attribute is dropped by `style-src 'self'`.
//!
//! This follows leptos_macro 0.8 (`is_inert_element` and who counts as top level)
//! and is no parser of its syntax: what it cannot read it takes as dynamic, so it
//! can miss a breach but should not invent one. The tests in Chromium run under
//! the policy and find the rest.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A line, counted from 1, and what is wrong there.
pub type Complaint = (usize, String);

/// Looks at every `view!` below these tokens, also at those inside others.
pub fn complaints(tokens: &TokenStream) -> Vec<Complaint> {
    let mut found = Vec::new();
    look_for_views(tokens, &mut found);
    found
}

fn look_for_views(tokens: &TokenStream, found: &mut Vec<Complaint>) {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else {
            continue;
        };
        let called =
            |name: &str| at >= 2 && is_punct(&trees[at - 1], '!') && is_ident(&trees[at - 2], name);
        if called("view") {
            View::new(group.stream(), found).read();
        } else if called("template") {
            let text = "`template!` goes through innerHTML: use `view!`";
            found.push((line(tree), text.to_owned()));
        }
        look_for_views(&group.stream(), found);
    }
}

struct View<'a> {
    trees: Vec<TokenTree>,
    at: usize,
    /// `view! { class=…, … }` switches the shortcut off.
    scoped: bool,
    found: &'a mut Vec<Complaint>,
}

/// What an element is made of, as far as the shortcut cares.
struct Element {
    line: usize,
    name: String,
    /// Attributes and children are literal all the way down.
    inert: bool,
    /// The shortcut leaves `<br/>` alone.
    bare: bool,
}

const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

impl<'a> View<'a> {
    fn new(tokens: TokenStream, found: &'a mut Vec<Complaint>) -> Self {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let scoped = trees.len() > 3
            && is_ident(&trees[0], "class")
            && is_punct(&trees[1], '=')
            && is_punct(&trees[3], ',');
        Self {
            at: if scoped { 4 } else { 0 },
            trees,
            scoped,
            found,
        }
    }

    fn read(mut self) {
        while self.at < self.trees.len() {
            self.children(true);
            // A closing tag without an opening one: not ours to judge.
            self.at += 1;
        }
    }

    /// Up to a closing tag or the end. Says whether all of it is literal.
    fn children(&mut self, top_level: bool) -> bool {
        let mut inert = true;
        while let Some(tree) = self.trees.get(self.at) {
            match tree {
                TokenTree::Punct(punct) if punct.as_char() == '<' => {
                    if self.punct_at(self.at + 1, '/') {
                        return inert;
                    }
                    inert &= self.tag(top_level);
                }
                TokenTree::Group(_) => {
                    inert = false;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        inert
    }

    /// An element, fragment or comment from its `<`. Says whether it is literal.
    fn tag(&mut self, top_level: bool) -> bool {
        if self.punct_at(self.at + 1, '!') {
            self.skip_past('>');
            return false;
        }
        if self.punct_at(self.at + 1, '>') {
            self.at += 2;
            self.children(true);
            self.skip_past('>');
            return false;
        }
        let before = self.found.len();
        let Some(element) = self.element() else {
            return false;
        };
        if element.inert && !element.bare && !top_level && !self.scoped {
            // One word for the outermost of several is enough.
            self.found.truncate(before);
            self.found.push((
                element.line,
                format!(
                    "<{0}> is literal throughout and would become innerHTML: \
                     write a block in it, as in `class={{\"…\"}}` or `{{\"…\"}}`",
                    element.name
                ),
            ));
        }
        element.inert
    }

    fn element(&mut self) -> Option<Element> {
        let line = self.trees.get(self.at).map(line)?;
        self.at += 1;
        let name = self.name();
        // `<{..} />`, `<{name}>`
        let named_by_block = name.is_empty();
        if named_by_block {
            self.at += 1;
        }
        let component = name
            .rsplit(':')
            .next()
            .is_some_and(|last| last.starts_with(char::is_uppercase));
        if self.punct_at(self.at, '<') {
            self.skip_generics();
        }
        let (attributes_inert, has_attributes, closed) = self.attributes();
        let closed = closed || VOID.contains(&name.as_str());
        let mut bare = !has_attributes;
        let mut children_inert = true;
        if !closed {
            let from = self.at;
            children_inert = self.children(component || named_by_block);
            bare &= self.at == from;
            self.skip_past('>');
        }
        let inert = attributes_inert && children_inert && !component && !named_by_block;
        Some(Element {
            line,
            name,
            inert,
            bare,
        })
    }

    /// `p`, `font-face`, `leptos::Show`: empty when a block stands for the name.
    fn name(&mut self) -> String {
        let mut name = String::new();
        loop {
            match self.trees.get(self.at) {
                Some(TokenTree::Ident(ident)) if !name.ends_with(char::is_alphanumeric) => {
                    name.push_str(&ident.to_string());
                }
                Some(TokenTree::Punct(punct))
                    if !name.is_empty() && matches!(punct.as_char(), '-' | ':') =>
                {
                    name.push(punct.as_char());
                }
                _ => return name,
            }
            self.at += 1;
        }
    }

    /// Up to and with the tag's `>`: all literal, any at all, closed by `/>`.
    fn attributes(&mut self) -> (bool, bool, bool) {
        let mut inert = true;
        let mut any = false;
        loop {
            let Some(tree) = self.trees.get(self.at).cloned() else {
                return (inert, any, true);
            };
            if is_punct(&tree, '>') {
                self.at += 1;
                return (inert, any, false);
            }
            if is_punct(&tree, '/') && self.punct_at(self.at + 1, '>') {
                self.at += 2;
                return (inert, any, true);
            }
            any = true;
            let line = line(&tree);
            let key = self.name();
            if key.is_empty() {
                // A block, a spread, or something unknown.
                inert = false;
                self.at += 1;
                continue;
            }
            if key == "inner_html" {
                let text = "`inner_html` is refused by the policy: build elements";
                self.found.push((line, text.to_owned()));
            }
            if !self.punct_at(self.at, '=') {
                // `let:item`, `slot:name`, `use:thing` are no literal attributes.
                inert &= !key.contains(':');
                continue;
            }
            self.at += 1;
            let literal = self.string_value();
            if literal && key == "style" {
                let text = "a `style` attribute is dropped by the policy: \
                            use a class or `style:name=…`";
                self.found.push((line, text.to_owned()));
            }
            let special = ["style:", "prop:", "on:", "use:", "bind"];
            inert &= literal && !special.iter().any(|start| key.starts_with(start));
        }
    }

    /// Moves over a value. Says whether it is one plain string.
    fn string_value(&mut self) -> bool {
        let literal = match self.trees.get(self.at) {
            Some(TokenTree::Literal(literal)) => is_string(&literal.to_string()),
            // `class={"x"}` is a block to Leptos, whatever is in it.
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                self.at += 1;
                return false;
            }
            _ => false,
        };
        if literal && !self.punct_at(self.at + 1, '.') {
            self.at += 1;
            return true;
        }
        self.skip_expression();
        false
    }

    /// Moves to the tag's `>` or `/>`: an unbraced expression is followed by other
    /// attributes, but what they are no longer matters.
    fn skip_expression(&mut self) {
        while let Some(tree) = self.trees.get(self.at) {
            let arrow = self.at > 0
                && matches!(&self.trees[self.at - 1], TokenTree::Punct(before)
                    if matches!(before.as_char(), '-' | '=') && before.spacing() == Spacing::Joint);
            if is_punct(tree, '>') && !arrow {
                return;
            }
            if is_punct(tree, '/') && self.punct_at(self.at + 1, '>') {
                return;
            }
            if is_punct(tree, '<') && self.at > 0 && is_punct(&self.trees[self.at - 1], ':') {
                self.skip_generics();
            } else {
                self.at += 1;
            }
        }
    }

    fn skip_generics(&mut self) {
        let mut depth = 0_usize;
        while let Some(tree) = self.trees.get(self.at) {
            self.at += 1;
            if is_punct(tree, '<') {
                depth += 1;
            } else if is_punct(tree, '>') {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
        }
    }

    fn skip_past(&mut self, wanted: char) {
        while let Some(tree) = self.trees.get(self.at) {
            self.at += 1;
            if is_punct(tree, wanted) {
                return;
            }
        }
    }

    fn punct_at(&self, at: usize, wanted: char) -> bool {
        self.trees
            .get(at)
            .is_some_and(|tree| is_punct(tree, wanted))
    }
}

fn is_punct(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_ident(tree: &TokenTree, wanted: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == wanted)
}

fn is_string(literal: &str) -> bool {
    literal.starts_with('"') || literal.starts_with("r\"") || literal.starts_with("r#")
}

fn line(tree: &TokenTree) -> usize {
    tree.span().start().line
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn lines(view: &str) -> Vec<usize> {
        let source = format!("fn f() {{ view! {{\n{view}\n}} }}");
        let tokens: TokenStream = source.parse().unwrap();
        complaints(&tokens)
            .into_iter()
            .map(|(line, _)| line)
            .collect()
    }

    #[test]
    fn a_nested_literal_element_is_found_at_its_line() {
        assert_eq!(lines("<div>\n{x}\n<p class=\"y\">\"text\"</p></div>"), [4]);
        assert_eq!(lines("<svg class={\"i\"}>\n<path d=\"M0 0\"/></svg>"), [3]);
        assert_eq!(
            lines("<ul class={\"i\"}>\n<li>text without quotes</li></ul>"),
            [3]
        );
    }

    #[test]
    fn only_the_outermost_of_literal_elements_is_named() {
        assert_eq!(
            lines("<main>{x}\n<div>\n<p>\"a\"</p>\n<p>\"b\"</p></div></main>"),
            [3]
        );
    }

    #[test]
    fn one_block_at_its_level_makes_an_element_safe_but_not_its_neighbours() {
        assert!(lines("<div><p class={\"y\"}>\"text\"</p></div>").is_empty());
        assert!(lines("<div><p class=\"y\">{\"text\"}</p></div>").is_empty());
        assert_eq!(
            lines("<div><p class=\"y\">{t(\"a\")}</p>\n<b>\"x\"</b></div>"),
            [3]
        );
    }

    #[test]
    fn the_root_the_roots_of_a_component_and_bare_elements_are_no_trap() {
        assert!(lines("<p class=\"y\">\"text\"</p>").is_empty());
        assert!(lines("<p>\"a\"</p><p>\"b\"</p>").is_empty());
        assert_eq!(lines("<main>\n<p>\"a root's child\"</p></main>"), [3]);
        assert!(lines("<Show when=move || a() > 1><p class=\"y\">\"t\"</p></Show>").is_empty());
        assert!(lines("<div><br/><hr></div>").is_empty());
    }

    #[test]
    fn a_literal_element_below_a_component_below_an_element_is_found() {
        assert_eq!(
            lines("<div><Show when=a><p>\n<b>\"t\"</b>{x}</p></Show></div>"),
            [3]
        );
        assert!(lines("<div><Panel title=\"a\"/></div>").is_empty());
    }

    #[test]
    fn handlers_and_generics_with_angle_brackets_do_not_confuse_it() {
        let view = "<div><button on:click=move |_| go(Vec::<u8>::new()) class=\"x\">\"t\"</button>\n<i class=\"x\">\"t\"</i></div>";
        assert_eq!(lines(view), [3]);
        let view = "<div><input prop:value=move || -> u8 { 1 } />\n<i class=\"x\">\"t\"</i></div>";
        assert_eq!(lines(view), [3]);
    }

    #[test]
    fn a_view_inside_a_block_of_a_view_is_looked_at() {
        let view = "<div>{move || view! { <p>{x}\n<b>\"t\"</b></p> }}</div>";
        assert_eq!(lines(view), [3]);
    }

    #[test]
    fn named_dangers_are_found() {
        assert_eq!(lines("<p inner_html=x></p>"), [2]);
        assert_eq!(lines("<p style=\"color: red\">{x}</p>"), [2]);
        assert!(lines("<p style:color=\"red\">{x}</p>").is_empty());
        let tokens: TokenStream = "fn f() { template! { <p/> } }".parse().unwrap();
        assert_eq!(complaints(&tokens).len(), 1);
    }

    #[test]
    fn a_scope_class_switches_the_shortcut_off() {
        assert!(lines("class=\"x\", <div>{y}<p>\"t\"</p></div>").is_empty());
    }
}
