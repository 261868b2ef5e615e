//! Pictures as brightnesses: out of a file, and from the camera.

use js_sys::{Array, Object, Reflect, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, DomException, HtmlCanvasElement, HtmlVideoElement, ImageBitmap,
    MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

/// A picture as brightnesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grey {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// From 0 (black) to 255, row by row.
    pub bytes: Vec<u8>,
}

/// Why the camera shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraError {
    /// This browser, or this address, lets no page use one.
    Unsupported,
    /// The person or the device does not permit it.
    Denied,
    /// There is none.
    NoCamera,
    /// Another program uses it, or it does not answer.
    Busy,
}

/// A camera that shows its picture in a video element, until it is dropped.
pub struct Camera {
    stream: MediaStream,
    video: HtmlVideoElement,
}

impl Camera {
    /// Asks for the camera that looks away from the person, where there are two.
    pub async fn start(video: HtmlVideoElement) -> Result<Self, CameraError> {
        let devices = devices().ok_or(CameraError::Unsupported)?;
        let wishes = Object::new();
        for (key, value) in [
            ("facingMode", JsValue::from_str("environment")),
            ("width", 1_280.into()),
            ("height", 960.into()),
        ] {
            // A property of a plain object of our own.
            drop(Reflect::set(&wishes, &key.into(), &value));
        }
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&wishes);
        let asked = devices.get_user_media_with_constraints(&constraints);
        let stream = JsFuture::from(asked.map_err(|error| named(&error))?).await;
        let stream: MediaStream = stream.map_err(|error| named(&error))?.unchecked_into();
        video.set_src_object(Some(&stream));
        let camera = Self { stream, video };
        if let Ok(playing) = camera.video.play() {
            drop(JsFuture::from(playing).await);
        }
        Ok(camera)
    }

    /// What it shows now; nothing before its first picture.
    pub fn look(&self, side: f64) -> Option<Grey> {
        let (width, height) = (self.video.video_width(), self.video.video_height());
        grey(
            f64::from(width),
            f64::from(height),
            side,
            |context, w, h| {
                context.draw_image_with_html_video_element_and_dw_and_dh(
                    &self.video,
                    0.0,
                    0.0,
                    w,
                    h,
                )
            },
        )
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        self.video.set_src_object(None);
    }
}

/// A picture file as brightnesses, its longer side at most so many pixels;
/// nothing where the browser knows no such picture.
pub async fn grey_of(file: &[u8], side: f64) -> Option<Grey> {
    let parts = Array::of1(&Uint8Array::from(file));
    let blob = Blob::new_with_u8_array_sequence(&parts).ok()?;
    let promise = web_sys::window()?
        .create_image_bitmap_with_blob(&blob)
        .ok()?;
    let picture: ImageBitmap = JsFuture::from(promise).await.ok()?.unchecked_into();
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let made = grey(width, height, side, |context, w, h| {
        context.draw_image_with_image_bitmap_and_dw_and_dh(&picture, 0.0, 0.0, w, h)
    });
    picture.close();
    made
}

fn grey(
    width: f64,
    height: f64,
    side: f64,
    draw: impl FnOnce(&CanvasRenderingContext2d, f64, f64) -> Result<(), JsValue>,
) -> Option<Grey> {
    if width < 1.0 || height < 1.0 {
        return None;
    }
    let scale = (side / width.max(height)).min(1.0);
    let (width, height) = (
        (width * scale).round().max(1.0),
        (height * scale).round().max(1.0),
    );
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    // What is transparent in a picture lies on paper.
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, width, height);
    draw(&context, width, height).ok()?;
    let data = context.get_image_data(0.0, 0.0, width, height).ok()?.data();
    let (pixels, _) = data.as_chunks::<4>();
    let bright = |[red, green, blue, _]: &[u8; 4]| {
        let sum = u32::from(*red) * 77 + u32::from(*green) * 150 + u32::from(*blue) * 29;
        (sum >> 8) as u8
    };
    Some(Grey {
        width: width as usize,
        height: height as usize,
        bytes: pixels.iter().map(bright).collect(),
    })
}

fn devices() -> Option<MediaDevices> {
    let navigator = web_sys::window()?.navigator();
    // Undefined where the page is not served over https.
    let devices = Reflect::get(&navigator, &"mediaDevices".into()).ok()?;
    devices.is_object().then(|| devices.unchecked_into())
}

fn named(error: &JsValue) -> CameraError {
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    match name.as_deref() {
        Some("NotAllowedError" | "SecurityError") => CameraError::Denied,
        Some("NotFoundError" | "OverconstrainedError") => CameraError::NoCamera,
        Some("TypeError") | None => CameraError::Unsupported,
        Some(_) => CameraError::Busy,
    }
}
