//! Drawing on a canvas at the screen's own resolution: rectangles, letters,
//! and small pictures that are drawn once and stamped often. No module here
//! knows what is drawn.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::dom::Area;

/// What draws: a canvas's context, measured in CSS pixels.
pub struct Pen {
    context: CanvasRenderingContext2d,
    /// The colour and the font that are chosen. Both cross over to the browser
    /// as texts: what is chosen already does not have to.
    color: RefCell<String>,
    font: RefCell<String>,
}

impl Pen {
    fn of(element: &HtmlCanvasElement) -> Option<Self> {
        let context = element.get_context("2d").ok().flatten()?;
        let context = context.dyn_into().ok()?;
        Some(Self {
            context,
            color: RefCell::default(),
            font: RefCell::default(),
        })
    }

    /// Fills in this colour from now on.
    fn fill(&self, color: &str) {
        let mut chosen = self.color.borrow_mut();
        if *chosen != color {
            self.context.set_fill_style_str(color);
            color.clone_into(&mut chosen);
        }
    }

    /// Fills a rectangle.
    pub fn rect(&self, color: &str, x: f64, y: f64, width: f64, height: f64) {
        self.fill(color);
        self.context.fill_rect(x, y, width, height);
    }

    /// Draws everything within at this strength, 0 to 1.
    pub fn faint(&self, strength: f64, draw: impl FnOnce(&Self)) {
        self.context.set_global_alpha(strength);
        draw(self);
        self.context.set_global_alpha(1.0);
    }

    /// Chooses the colour of [`Pen::again`].
    pub fn color(&self, color: &str) {
        self.fill(color);
    }

    /// Fills a rectangle in the colour chosen last: cheaper for many.
    pub fn again(&self, x: f64, y: f64, width: f64, height: f64) {
        self.context.fill_rect(x, y, width, height);
    }

    /// Fills a rectangle with round corners.
    pub fn round(&self, color: &str, x: f64, y: f64, width: f64, height: f64, radius: f64) {
        self.fill(color);
        self.path(x, y, width, height, radius);
        self.context.fill();
    }

    /// Draws the edge of a rectangle with round corners, within it.
    #[expect(clippy::too_many_arguments, reason = "a rectangle and its edge")]
    pub fn edge(
        &self,
        color: &str,
        line: f64,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        radius: f64,
    ) {
        self.context.set_stroke_style_str(color);
        self.context.set_line_width(line);
        let half = line / 2.0;
        self.path(
            x + half,
            y + half,
            width - line,
            height - line,
            (radius - half).max(0.0),
        );
        self.context.stroke();
    }

    /// Draws a line.
    pub fn line(&self, color: &str, width: f64, from: (f64, f64), to: (f64, f64)) {
        self.context.set_stroke_style_str(color);
        self.context.set_line_width(width);
        self.context.begin_path();
        self.context.move_to(from.0, from.1);
        self.context.line_to(to.0, to.1);
        self.context.stroke();
    }

    /// Draws a dot.
    pub fn dot(&self, color: &str, x: f64, y: f64, radius: f64) {
        self.fill(color);
        self.context.begin_path();
        // Fails only for a negative radius.
        drop(self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU));
        self.context.fill();
    }

    /// Chooses the font of [`Pen::text`], as CSS writes it.
    pub fn font(&self, css: &str) {
        let mut chosen = self.font.borrow_mut();
        if *chosen != css {
            self.context.set_font(css);
            self.context.set_text_align("center");
            self.context.set_text_baseline("alphabetic");
            css.clone_into(&mut chosen);
        }
    }

    /// Writes centred around `x`, with the middle of its capitals at `y`.
    pub fn text(&self, color: &str, text: &str, x: f64, y: f64, size: f64) {
        self.fill(color);
        // Capitals of our fonts are about 0.72 of the size high; Chinese
        // letters, a little higher, sit well there too.
        drop(self.context.fill_text(text, x, y + size * 0.36));
    }

    /// How wide a text is in the font chosen last.
    #[must_use]
    pub fn width(&self, text: &str) -> f64 {
        self.context
            .measure_text(text)
            .map_or(0.0, |size| size.width())
    }

    /// Draws within a rectangle only.
    pub fn within(&self, x: f64, y: f64, width: f64, height: f64, draw: impl FnOnce(&Self)) {
        let chosen = (self.color.borrow().clone(), self.font.borrow().clone());
        self.context.save();
        self.context.begin_path();
        self.context.rect(x, y, width.max(0.0), height.max(0.0));
        self.context.clip();
        draw(self);
        // With the clip go the colour and the font that were chosen within it.
        self.context.restore();
        self.color.replace(chosen.0);
        self.font.replace(chosen.1);
    }

    /// What is chosen is no longer known.
    fn forget(&self) {
        self.color.borrow_mut().clear();
        self.font.borrow_mut().clear();
    }

    fn path(&self, x: f64, y: f64, width: f64, height: f64, radius: f64) {
        let context = &self.context;
        context.begin_path();
        context.move_to(x + radius, y);
        // Fails only for a negative radius.
        drop(context.arc_to(x + width, y, x + width, y + height, radius));
        drop(context.arc_to(x + width, y + height, x, y + height, radius));
        drop(context.arc_to(x, y + height, x, y, radius));
        drop(context.arc_to(x, y, x + width, y, radius));
        context.close_path();
    }
}

/// A canvas as large as its place on the page.
pub struct Canvas {
    element: HtmlCanvasElement,
    pen: Pen,
    ratio: Cell<f64>,
    size: Cell<(f64, f64)>,
    stamps: RefCell<HashMap<u64, HtmlCanvasElement>>,
}

impl Canvas {
    /// The canvas of an element; nothing where the browser has no canvas.
    #[must_use]
    pub fn on(element: HtmlCanvasElement) -> Option<Self> {
        let pen = Pen::of(&element)?;
        Some(Self {
            element,
            pen,
            ratio: Cell::new(0.0),
            size: Cell::new((0.0, 0.0)),
            stamps: RefCell::default(),
        })
    }

    /// Makes the canvas this large, in CSS pixels, at the screen's resolution
    /// of the moment. What was drawn is gone if anything changed.
    pub fn fit(&self, width: f64, height: f64) {
        let ratio = window().device_pixel_ratio().clamp(1.0, 4.0);
        let same_ratio = (ratio - self.ratio.get()).abs() < 1e-6;
        if same_ratio && self.size.get() == (width, height) {
            return;
        }
        if !same_ratio {
            self.forget();
        }
        self.ratio.set(ratio);
        self.size.set((width, height));
        set_size(&self.element, width * ratio, height * ratio);
        // Another size takes colour and font away, and the scale: all has to be drawn anew.
        self.pen.forget();
        let style = self.element.style();
        drop(style.set_property("width", &format!("{width}px")));
        drop(style.set_property("height", &format!("{height}px")));
    }

    /// Leaves nothing on it.
    pub fn clear(&self) {
        let ((width, height), ratio) = (self.size.get(), self.ratio.get());
        let context = &self.pen.context;
        // Setting a scale cannot fail with finite numbers.
        drop(context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0));
        context.clear_rect(0.0, 0.0, width, height);
    }

    /// Draws a part anew and leaves all else as it is. What `fits` covers all of it, and
    /// draws beside it only what stands there already; anything else is held within.
    pub fn redraw(&self, area: Area, fits: bool, draw: impl FnOnce(&Pen)) {
        if fits {
            draw(&self.pen);
            return;
        }
        let Area {
            left,
            top,
            width,
            height,
        } = area;
        self.pen.within(left, top, width, height, |pen| {
            pen.context.clear_rect(left, top, width, height);
            draw(pen);
        });
    }

    /// Whether what begins there, and every whole pixel from there, begins with a dot of
    /// the screen.
    pub fn is_sharp(&self, at: f64) -> bool {
        self.ratio.get().fract() == 0.0 && at.fract() == 0.0
    }

    /// What draws on it, to measure with.
    pub const fn pen(&self) -> &Pen {
        &self.pen
    }

    /// The nearest place that is a dot of the screen: a picture between two would blur.
    pub fn to_the_dot(&self, at: f64) -> f64 {
        let ratio = self.ratio.get();
        (at * ratio).round() / ratio
    }

    /// Puts down a small picture that is drawn at its first use only. The key
    /// stands for all that it depends on. `pen` is the canvas's own.
    pub fn stamp(
        &self,
        key: u64,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        draw: impl FnOnce(&Pen),
    ) {
        if !self.stamps.borrow().contains_key(&key)
            && let Some(picture) = self.picture(width, height, draw)
        {
            self.stamps.borrow_mut().insert(key, picture);
        }
        if let Some(picture) = self.stamps.borrow().get(&key) {
            let put = self
                .pen
                .context
                .draw_image_with_html_canvas_element_and_dw_and_dh(picture, x, y, width, height);
            drop(put);
        }
    }

    /// Forgets all small pictures: colours or fonts have changed.
    pub fn forget(&self) {
        self.stamps.borrow_mut().clear();
    }

    fn picture(
        &self,
        width: f64,
        height: f64,
        draw: impl FnOnce(&Pen),
    ) -> Option<HtmlCanvasElement> {
        let element: HtmlCanvasElement =
            document().create_element("canvas").ok()?.dyn_into().ok()?;
        let ratio = self.ratio.get();
        set_size(&element, width * ratio, height * ratio);
        let pen = Pen::of(&element)?;
        drop(pen.context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0));
        draw(&pen);
        Some(element)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, not negative, and far below 2^32"
)]
fn set_size(element: &HtmlCanvasElement, width: f64, height: f64) {
    element.set_width(width.max(1.0).round() as u32);
    element.set_height(height.max(1.0).round() as u32);
}
