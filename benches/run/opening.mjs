// P3: the plan *large* from storage to the painted grid, and what is held then.
// Twice in each repeat: with the program already there, and from the address.

import { fresh, memory } from "./chromium.mjs";
import { median, megabytes, number, p95, table, times, whole } from "./figures.mjs";
import { opened, pairs, reallyPainted, turned } from "./subjects.mjs";

/** Measures all and gives the section of the report. */
export async function opening(context, plans, repeats) {
  const subjects = pairs("large", `${plans}/large.json`);
  const found = new Map();
  for (const subject of subjects) {
    found.set(subject, { stored: await subject.seed(context), open: [], direct: [], heap: [], wasm: [] });
  }
  // One more than asked: the first fills caches and is thrown away.
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    console.log(repeat ? `  repeat ${repeat} of ${repeats}` : "  warming up");
    for (const subject of turned(subjects, repeat)) {
      const { page, millis } = await opened(context, subject);
      const { heap, wasm } = await memory(page);
      const elements = await page.evaluate(() => window.__probe.elements());
      if (repeat === 0) await reallyPainted(page, subject);
      await page.close();
      const direct = await fromAddress(context, subject);
      const figures = found.get(subject);
      figures.elements = elements;
      if (repeat === 0) continue;
      figures.open.push(millis);
      figures.direct.push(direct);
      figures.heap.push(heap);
      figures.wasm.push(wasm);
    }
  }
  const weft = found.get(subjects[0]);
  const rows = subjects.map((subject) => {
    const { open, direct, heap, wasm, elements, stored } = found.get(subject);
    return [
      subject.name,
      number(median(open)),
      number(p95(open)),
      times(median(weft.open) / median(open)),
      number(median(direct)),
      number(p95(direct)),
      times(median(weft.direct) / median(direct)),
      megabytes(median(heap)),
      megabytes(median(wasm)),
      megabytes(median(heap) + median(wasm)),
      whole(elements),
      whole(stored / 1000),
    ];
  });
  const best = subjects.slice(1).reduce((best, subject) => {
    return median(found.get(subject).open) < median(found.get(best).open) ? subject : best;
  }, subjects[1]);
  const ratio = times(median(weft.open) / median(found.get(best).open));
  return `## P3: *large* from storage to the painted grid

Program ready → painted, and address → painted, in ms; memory in MB after a collection.

${table(
  ["", "ready p50", "p95", "Weft ÷ this", "address p50", "p95", "Weft ÷ this", "JS heap", "wasm", "sum", "elements", "stored KB"],
  rows,
)}

Best pair: ${best.name}; Weft takes ${ratio} its time (bar: 1×). Weft holds ${megabytes(
    median(weft.heap) + median(weft.wasm),
  )} MB (bar: 96 MB).
`;
}

/** Milliseconds from the start of the navigation to the painted grid. */
async function fromAddress(context, subject) {
  const page = await fresh(context);
  await page.goto(subject.direct(), { waitUntil: "commit" });
  const millis = await page.evaluate(
    (kind) => window.__probe.until(window.__probe.kinds[kind].painted),
    subject.kind,
  );
  await page.close();
  return millis;
}
