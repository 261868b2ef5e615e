// A peer's page for writing a workbook: the weave of a plan as rows of text, made
// into the bytes of an .xlsx file. `window.bench.write(NAME)` gives the milliseconds
// of that alone, and the size of the file.

import { letters } from "./plan.mjs";

/** Starts the page. */
export function run(book) {
  const kept = new Map();
  const rows = async (name) => {
    if (!kept.has(name)) kept.set(name, weave(await (await fetch(`./content-${name}.json`)).json()));
    return kept.get(name);
  };
  window.bench = {
    async write(name) {
      const table = await rows(name);
      const began = performance.now();
      const bytes = await book.write(table);
      return { millis: performance.now() - began, bytes: bytes.byteLength };
    },
  };
  document.body.dataset.ready = "yes";
}

/** A row for each module, a column for each competency, as Weft's sheet has them. */
function weave({ modules, outline, links }) {
  const competencies = outline.filter(({ tier }) => tier === "competency");
  const column = new Map(competencies.map(({ id }, at) => [id, at + 2]));
  const row = new Map(modules.map(({ id }, at) => [id, at + 1]));
  const head = ["code", "title", ...competencies.map(({ code, statement }) => code || statement)];
  const table = [head, ...modules.map(({ code, title }) => [code, title, ...Array(competencies.length).fill(null)])];
  for (const [module, competency, level] of links) {
    const at = column.get(competency);
    if (at !== undefined) table[row.get(module)][at] = letters[level];
  }
  return table;
}
