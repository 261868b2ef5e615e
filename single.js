// Starts the editor from the one file that holds all of it: the program's parts
// stand in the page as gzip in base64. Nothing is fetched. `cargo xtask` puts this
// behind the words of boot.js and around the program's own scripts, as one script
// that the page's policy names by its hash.

// Streams of answers made here cannot be compiled as they come in every engine:
// the whole part is unpacked first.
async function unpackedPart(name) {
  const held = document.querySelector(`script[data-name="${name}"]`);
  if (!held) throw new Error(`the file holds no ${name}`);
  const letters = atob(held.textContent);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain).arrayBuffer();
}

/* weft:program */

const able = typeof WebAssembly === "object" && typeof DecompressionStream === "function";
try {
  if (!able) throw new Error("no WebAssembly or no DecompressionStream");
  await startProgram({ module_or_path: await unpackedPart("weft_bg.wasm") });
  document.getElementById("weft-start")?.remove();
} catch (error) {
  const old = !able || error instanceof WebAssembly.CompileError;
  tell(old ? "old" : "broken", error);
}
