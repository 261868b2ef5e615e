// A peer's page for merging: the plan *large* is open as a document, and what
// twenty partners did apart comes in at once. `window.bench.merge()` opens it anew
// and gives the milliseconds of taking the updates in, and of that alone.

/** Starts the page. */
export async function run(store) {
  await store.ready();
  const read = async (name) => (await fetch(name)).json();
  const base = store.encode(await read("./content-large.json"));
  const { partners } = await read("./partners.json");
  const updates = partners.map((operations) => store.partner(base, operations));
  window.bench = {
    bytes: updates.reduce((sum, update) => sum + store.size(update), 0),
    merge() {
      const doc = store.decode(base).doc;
      const began = performance.now();
      const after = store.take(doc, updates);
      const millis = performance.now() - began;
      return { millis, links: store.links(after) };
    },
  };
  document.body.dataset.ready = "yes";
}
