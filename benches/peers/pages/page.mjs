// A peer's page: a store (yjs or loro) and a grid (AG Grid or x-data-spreadsheet)
// behind one face, `window.bench`. With `#NAME` in its address the page opens that
// plan by itself.

import { get, put } from "./idb.mjs";
import { planOf } from "./plan.mjs";

/** Starts the page. */
export async function run(store, grid) {
  await store.ready();
  const bench = {
    opened: false,
    plan: undefined,
    /** Makes and stores the bytes of a plan; gives their number. */
    async seed(name) {
      const content = await (await fetch(`./content-${name}.json`)).json();
      const bytes = store.encode(content);
      await put(`${store.name}-${name}`, bytes);
      return bytes.byteLength;
    },
    /** Storage → document → rows and columns → grid. */
    async open(name) {
      const bytes = await get(`${store.name}-${name}`);
      const { doc, rows, cols, cells } = store.decode(bytes);
      bench.doc = doc; // as an editor would, the page keeps the document
      bench.plan = planOf(rows, cols, cells);
      grid.render(document.getElementById("grid"), bench.plan);
      bench.opened = true;
    },
  };
  window.bench = bench;
  document.body.dataset.ready = "yes";
  const name = location.hash.slice(1);
  if (name) await bench.open(name);
}
