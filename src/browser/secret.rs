//! Bytes locked with a passphrase: PBKDF2 over SHA-256 and AES-256-GCM, by the
//! browser's own WebCrypto. It is there on https, on this machine and in files;
//! where it is missing nothing is locked, and the person is told.
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version: 1 |
//! | 16 | salt |
//! | 12 | initialisation vector |
//! | … | ciphertext with its tag of 16 bytes |

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

const VERSION: u8 = 1;
const SALT: usize = 16;
const IV: usize = 12;
/// Rounds of PBKDF2, as OWASP advises for SHA-256.
const ROUNDS: f64 = 600_000.0;

/// Why bytes were not locked or unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockError {
    /// The browser offers no cryptography at this address.
    Unavailable,
    /// The passphrase is another one, or a byte was changed.
    WrongPassphrase,
    /// A newer program locked them.
    Newer,
}

/// Locks bytes.
pub async fn lock(passphrase: &str, bytes: &[u8]) -> Result<Vec<u8>, LockError> {
    let mut head = [0u8; 1 + SALT + IV];
    head[0] = VERSION;
    getrandom::fill(&mut head[1..]).map_err(|_| LockError::Unavailable)?;
    let key = derive(passphrase, &head[1..=SALT]).await?;
    let locked = crypt("encrypt", &key, &head[1 + SALT..], bytes).await;
    let mut out = head.to_vec();
    out.extend(locked.map_err(|_| LockError::Unavailable)?);
    Ok(out)
}

/// Unlocks what [`lock`] locked.
pub async fn unlock(passphrase: &str, bytes: &[u8]) -> Result<Vec<u8>, LockError> {
    if bytes.first().is_some_and(|version| *version > VERSION) {
        return Err(LockError::Newer);
    }
    if bytes.len() < 1 + SALT + IV {
        return Err(LockError::WrongPassphrase);
    }
    let key = derive(passphrase, &bytes[1..=SALT]).await?;
    let (iv, rest) = bytes[1 + SALT..].split_at(IV);
    let opened = crypt("decrypt", &key, iv, rest).await;
    opened.map_err(|_| LockError::WrongPassphrase)
}

fn subtle() -> Option<JsValue> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    (!subtle.is_undefined()).then_some(subtle)
}

async fn call(name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let subtle = subtle().ok_or(JsValue::NULL)?;
    let method: js_sys::Function = Reflect::get(&subtle, &name.into())?.dyn_into()?;
    let arguments: Array = arguments.iter().collect();
    let promise: Promise = method.apply(&subtle, &arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // A plain object takes every member.
        drop(Reflect::set(&object, &(*name).into(), value));
    }
    object.into()
}

async fn derive(passphrase: &str, salt: &[u8]) -> Result<JsValue, LockError> {
    let words = Uint8Array::from(passphrase.as_bytes());
    let usages = |names: &[&str]| -> JsValue {
        names
            .iter()
            .map(|name| JsValue::from(*name))
            .collect::<Array>()
            .into()
    };
    let base = [
        "raw".into(),
        words.into(),
        "PBKDF2".into(),
        false.into(),
        usages(&["deriveKey"]),
    ];
    let unavailable = |_| LockError::Unavailable;
    let base = call("importKey", &base).await.map_err(unavailable)?;
    let how = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt).into()),
        ("iterations", ROUNDS.into()),
    ]);
    let what = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let arguments = [
        how,
        base,
        what,
        false.into(),
        usages(&["encrypt", "decrypt"]),
    ];
    call("deriveKey", &arguments).await.map_err(unavailable)
}

async fn crypt(how: &str, key: &JsValue, iv: &[u8], bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
    let with = object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(iv).into()),
    ]);
    let bytes = Uint8Array::from(bytes);
    let answer = call(how, &[with, key.clone(), bytes.into()]).await?;
    Ok(Uint8Array::new(&answer).to_vec())
}
