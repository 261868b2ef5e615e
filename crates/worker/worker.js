// The Worker around the sandbox program. `cargo xtask` puts what wasm-bindgen
// makes in front of this: one classic script, because a Worker that begins in a
// blob cannot be a module everywhere.
//
// In:  { kind: "start", wasm }, then { kind: "job", job, names, blobs }, one at a time.
// Out: { kind: "ready" } or { kind: "missing", text }; then for each job any number
//      of { kind: "progress", share } and one of
//      { kind: "answer", answer, files: Blobs that go out, memory }, { kind: "unreadable", text } or
//      { kind: "trap", memory: whether memory ran out, text }.
// After a trap the instance still answers, with nobody knows what: whoever started
// this Worker ends it then.

/* global wasm_bindgen */

let program;
let panic = "";
let out = [];

/* eslint-disable no-unused-vars -- the program calls them */
function weft_panicked(text) {
  panic = text;
}

function weft_progress(share) {
  postMessage({ kind: "progress", share });
}

function weft_decode(label, bytes) {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function weft_hand_out(bytes) {
  // A view of the program's memory, which a Blob copies.
  out.push(new Blob([bytes]));
}

async function start(wasm) {
  try {
    program = await wasm_bindgen({ module_or_path: wasm });
    postMessage({ kind: "ready" });
  } catch (error) {
    postMessage({ kind: "missing", text: String(error) });
  }
}

async function work({ job, names, blobs }) {
  const files = [];
  for (const [at, blob] of blobs.entries()) {
    try {
      files.push(new Uint8Array(await blob.arrayBuffer()));
    } catch {
      // Moved, deleted, or no longer permitted.
      postMessage({ kind: "unreadable", text: names[at] });
      return;
    }
  }
  try {
    for (let at = 0; at < files.length; at += 1) {
      wasm_bindgen.offer(names[at], files[at]);
      files[at] = undefined;
    }
    const answer = wasm_bindgen.answer(job);
    const message = { kind: "answer", answer, files: out, memory: program.memory.buffer.byteLength };
    out = [];
    postMessage(message, [answer.buffer]);
  } catch (error) {
    // A program that gets no more memory stops without a panic, at an
    // instruction that engines name in their own words, all with this one.
    const memory = !panic && (error instanceof RangeError || /unreachable/i.test(String(error)));
    postMessage({ kind: "trap", memory, text: panic || String(error) });
  }
}

onmessage = ({ data }) => (data.kind === "start" ? start(data.wasm) : work(data));
