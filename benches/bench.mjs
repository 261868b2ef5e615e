// Measures Weft beside its peers in one headless Chromium and writes the report:
// `cargo xtask bench` builds everything and calls this. What each figure means and
// what it does not say is in docs/bench.md.

import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname } from "node:path";
import { start } from "./run/chromium.mjs";
import { number } from "./run/figures.mjs";
import { firstLoad } from "./run/first_load.mjs";
import { gestures } from "./run/gestures.mjs";
import { lists } from "./run/lists.mjs";
import { meeting } from "./run/meeting.mjs";
import { merging } from "./run/merging.mjs";
import { opening } from "./run/opening.mjs";
import { writing } from "./run/writing.mjs";

const { PLANS, REPORT } = process.env;
const repeats = Number(process.env.WEFT_BENCH_REPEATS || 15);
const wanted = (process.env.WEFT_BENCH_PARTS || "P2 P3 P5 P6 P8 LISTS").split(/[\s,]+/);
const parts = {
  P2: (context) => firstLoad(context),
  P3: (context) => opening(context, PLANS, repeats),
  P5: (context) => gestures(context, PLANS, repeats),
  P6: async (context) => `${await merging(context, PLANS, repeats)}\n${await meeting(context, PLANS, repeats)}`,
  P8: (context) => writing(context, PLANS, repeats),
  LISTS: (context) => lists(context, PLANS, repeats),
};

const load = () => loadavg().slice(0, 2).map(number).join(" / ");
const loadBefore = load();
const { context, version, close } = await start();
const sections = [];
try {
  for (const name of wanted) {
    if (!parts[name]) throw new Error(`there is no part ${name}; there are ${Object.keys(parts).join(" ")}`);
    console.log(`${name} …`);
    sections.push(await parts[name](context));
    console.log(`\n${sections.at(-1)}`);
  }
} finally {
  await close();
}
const head = `# Weft beside its peers

Chromium ${version}, headless; ${cpus().length} processors (${cpus()[0]?.model ?? "?"}); ${repeats} interleaved repeats; load over 1 and 5 minutes ${loadBefore} before, ${load()} after. Compare the ratios: absolute times hold for this machine at that load only.
`;
mkdirSync(dirname(REPORT), { recursive: true });
writeFileSync(REPORT, [head, ...sections].join("\n"));
console.log(`The report is in ${REPORT}`);
