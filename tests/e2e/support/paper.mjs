// What stands on the pages of a PDF, read by a program that is not ours.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const reader = fileURLToPath(new URL("../../validators/pages.py", import.meta.url));
const PYTHONPATH = fileURLToPath(new URL("../../../target/python", import.meta.url));
const python = (...args) => spawnSync("python3", args, { env: { ...process.env, PYTHONPATH }, encoding: "utf8" });

/** How many pages a PDF has, and on how many of them the words stand; nothing where
 * there is no pypdf, which `cargo xtask test` installs. */
export function standing(pdf, words) {
  if (python("-c", "import pypdf").status !== 0) {
    console.log("The pages were not read: that takes Python 3 with pypdf.");
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "weft-paper-"));
  try {
    const path = join(folder, "paper.pdf");
    writeFileSync(path, pdf);
    const read = python(reader, path, words);
    if (read.status !== 0) throw new Error(read.stderr);
    const [pages, found] = read.stdout.trim().split(" ").map(Number);
    return { pages, found };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
