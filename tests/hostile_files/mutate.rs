//! Changes by chance: of JSON values, of the cells of a table, and of plain
//! bytes.

use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// What does harm where a text, a code or a number is looked for.
const WORDS: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "1e308",
    "0.000001",
    "NaN",
    "null",
    "true",
    "0000000000000",
    "0000000000001",
    "fzzzzzzzzzzzz",
    "zzzzzzzzzzzzz",
    "en",
    "zh-CN",
    "x-y-z",
    "=1+1",
    "@x",
    "'",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{10ffff}",
    "😀",
    "é",
    "合计",
    "4/16W",
    "2W@99999999",
    "☆",
    "1-99",
    "T99:1/1W",
    "M",
    "H",
    "二选一",
    "task",
    "role",
    "competency",
    "module",
    "2026-02-30",
    "a;b;;c",
];

/// Changes of JSON values.
pub mod json {
    use super::*;
    use serde_json::{Map, Value, json};

    /// The value with its long lists cut short: so small that every part of it
    /// is hit.
    pub fn shortened(value: &Value, length: usize) -> Value {
        match value {
            Value::Array(all) => all
                .iter()
                .take(length)
                .map(|one| shortened(one, length))
                .collect(),
            Value::Object(all) => {
                let all = all
                    .iter()
                    .map(|(key, one)| (key.clone(), shortened(one, length)));
                Value::Object(all.collect())
            }
            other => other.clone(),
        }
    }

    /// One change somewhere in the value; the gate (format and version) stays.
    pub fn mutate(value: &mut Value, rng: &mut ChaCha8Rng) {
        let known = strings(value);
        let Value::Object(file) = value else { return };
        let parts: Vec<String> = file
            .keys()
            .filter(|key| !["format", "version"].contains(&key.as_str()))
            .cloned()
            .collect();
        let Some(part) = parts.choose(rng) else {
            return;
        };
        change(somewhere(&mut file[part], rng), &known, rng);
    }

    /// Down by chance, to where a change shall be.
    fn somewhere<'a>(at: &'a mut Value, rng: &mut ChaCha8Rng) -> &'a mut Value {
        let inside = match at {
            Value::Array(all) => all.len(),
            Value::Object(all) => all.len(),
            _ => 0,
        };
        if inside == 0 || rng.random_ratio(1, 5) {
            return at;
        }
        let index = rng.random_range(0..inside);
        match at {
            Value::Array(all) => somewhere(&mut all[index], rng),
            Value::Object(all) => somewhere(all.values_mut().nth(index).expect("inside"), rng),
            other => other,
        }
    }

    fn change(at: &mut Value, known: &[String], rng: &mut ChaCha8Rng) {
        match at {
            Value::Array(all) if rng.random_ratio(2, 3) && !all.is_empty() => {
                let one = all[rng.random_range(0..all.len())].clone();
                match rng.random_range(0..4) {
                    0 => all.push(one),
                    1 => drop(all.remove(rng.random_range(0..all.len()))),
                    2 => all.reverse(),
                    _ => all.push(json!([one])),
                }
            }
            Value::Object(all) if rng.random_ratio(2, 3) => {
                let keys: Vec<String> = all.keys().cloned().collect();
                let key = keys.choose(rng).cloned().unwrap_or_default();
                match rng.random_range(0..4) {
                    0 => drop(all.remove(&key)),
                    1 => drop(all.insert(any(known, rng), value(known, rng))),
                    2 => drop(all.insert(key, value(known, rng))),
                    _ => {
                        let moved: Map<String, Value> = all.clone().into_iter().rev().collect();
                        *all = moved;
                    }
                }
            }
            other => *other = value(known, rng),
        }
    }

    fn value(known: &[String], rng: &mut ChaCha8Rng) -> Value {
        match rng.random_range(0..12) {
            0 => Value::Null,
            1 => json!(rng.random::<bool>()),
            2 => json!(rng.random_range(-3..12)),
            3 => json!(rng.random::<i64>()),
            4 => json!(rng.random::<u64>()),
            5 => json!(f64::from(rng.random::<f32>()) * 1e30),
            6 => json!([any(known, rng), any(known, rng)]),
            7 => json!({ any(known, rng): any(known, rng) }),
            8 => json!([{ any(known, rng): [any(known, rng)] }]),
            9 => json!("x".repeat(rng.random_range(0..2_000))),
            _ => json!(any(known, rng)),
        }
    }

    /// A word that does harm, or one of the file in the wrong place: an id of
    /// something else, its own id, a name of a field.
    fn any(known: &[String], rng: &mut ChaCha8Rng) -> String {
        if rng.random_ratio(2, 3)
            && let Some(word) = known.choose(rng)
        {
            return word.clone();
        }
        WORDS
            .choose(rng)
            .map(|word| (*word).to_owned())
            .unwrap_or_default()
    }

    fn strings(value: &Value) -> Vec<String> {
        let mut all = Vec::new();
        let mut open = vec![value];
        while let Some(next) = open.pop() {
            match next {
                Value::String(text) => all.push(text.clone()),
                Value::Array(inner) => open.extend(inner),
                Value::Object(inner) => {
                    all.extend(inner.keys().cloned());
                    open.extend(inner.values());
                }
                _ => {}
            }
        }
        all
    }

    /// The value as a file, now and then with a name twice.
    pub fn write(value: &Value, rng: &mut ChaCha8Rng) -> Vec<u8> {
        let text = value.to_string();
        if rng.random_ratio(1, 8) {
            let first = text.replacen("\"id\":", "\"id\":\"0000000000001\",\"id\":", 3);
            return first.into_bytes();
        }
        text.into_bytes()
    }
}

/// Changes of tables, line by line and cell by cell.
pub mod cells {
    use super::*;

    /// The first lines of a file.
    pub fn head(bytes: &[u8], lines: usize) -> Vec<u8> {
        let all: Vec<&[u8]> = bytes
            .split_inclusive(|byte| *byte == b'\n')
            .take(lines)
            .collect();
        all.concat()
    }

    /// Some changes of the first lines; the heads are hit as often as all else.
    pub fn mutate(bytes: &[u8], rng: &mut ChaCha8Rng) -> Vec<u8> {
        let text = String::from_utf8_lossy(bytes);
        let delimiter = if text.contains('\t') { "\t" } else { "," };
        let mut rows: Vec<Vec<String>> = text
            .lines()
            .take(rng.random_range(2..60))
            .map(|line| line.split(delimiter).map(str::to_owned).collect())
            .collect();
        for _ in 0..rng.random_range(1..8) {
            change(&mut rows, rng);
        }
        let end = ["\n", "\r\n", "\r"].choose(rng).copied().unwrap_or("\n");
        let mut out = String::new();
        for row in rows {
            out.push_str(&row.join(delimiter));
            out.push_str(if rng.random_ratio(1, 50) { "\r" } else { end });
        }
        match rng.random_range(0..12) {
            0 => ["\u{feff}", &out].concat().into_bytes(),
            1 => format!("\u{feff}{out}")
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
            _ => out.into_bytes(),
        }
    }

    fn change(rows: &mut Vec<Vec<String>>, rng: &mut ChaCha8Rng) {
        let row = if rng.random_ratio(1, 3) {
            0
        } else {
            rng.random_range(0..rows.len())
        };
        let other = rng.random_range(0..rows.len());
        let column = rng.random_range(0..rows[row].len().max(1));
        let from = rows[other].choose(rng).cloned().unwrap_or_default();
        match rng.random_range(0..9) {
            0 => rows.swap(row, other),
            1 => rows.insert(row, rows[other].clone()),
            2 if rows.len() > 2 => drop(rows.remove(row)),
            3 => rows.iter_mut().for_each(|row| {
                if column < row.len() {
                    row.remove(column);
                }
            }),
            4 => rows[row].truncate(column),
            5 => rows[row].push(from),
            6 => {
                if let Some(cell) = rows[row].get_mut(column) {
                    cell.push('"');
                }
            }
            7 => {
                if let Some(cell) = rows[row].get_mut(column) {
                    *cell = from;
                }
            }
            _ => {
                if let (Some(cell), Some(word)) = (rows[row].get_mut(column), WORDS.choose(rng)) {
                    *cell = (*word).to_owned();
                }
            }
        }
    }
}

/// Changes of bytes that know nothing of what they mean.
pub mod letters {
    use super::*;

    /// Some bytes turned, cut, doubled or put in.
    pub fn mutate(bytes: &[u8], rng: &mut ChaCha8Rng) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for _ in 0..rng.random_range(1..5) {
            if out.is_empty() {
                return out;
            }
            let at = rng.random_range(0..out.len());
            let to = (at + rng.random_range(0..40)).min(out.len());
            match rng.random_range(0..5) {
                0 => out[at] ^= 1 << rng.random_range(0..8),
                1 => drop(out.drain(at..to)),
                2 => {
                    let piece = out[at..to].to_vec();
                    out.splice(at..at, piece);
                }
                3 => {
                    let word = WORDS.choose(rng).copied().unwrap_or_default();
                    out.splice(at..at, word.bytes());
                }
                _ if rng.random_ratio(1, 4) => out.truncate(at),
                _ => out[at] = *b"\"\\{}[],:\n\r\t0-e".choose(rng).unwrap_or(&b' '),
            }
        }
        out
    }
}
