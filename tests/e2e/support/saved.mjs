// Plans for browser tests, put straight into the browser's storage. They are
// saved by a native test (`tests/saved_plans.rs`), which `cargo xtask e2e` runs, under
// target/e2e/plans, so they are read by the program as any saved plan is.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../../../target/e2e/plans/", import.meta.url);

/** Puts the plan NAME into the storage of this page's origin; gives its id. */
export async function put(page, address, name) {
  const about = new URL(`${name}.json`, folder);
  assert.ok(existsSync(about), `no plan ${name}: \`cargo xtask e2e\` makes them`);
  const { id, card } = JSON.parse(readFileSync(about, "utf8"));
  const record = readFileSync(new URL(`${name}.record`, folder)).toString("base64");
  // A page of that origin without the program: it starts once, with the plan there.
  const empty = `${address}empty`;
  await page.route(empty, (route) => route.fulfill({ contentType: "text/plain", body: "" }));
  await page.goto(empty);
  await page.evaluate(
    async ({ id, card, record }) => {
      const bytes = Uint8Array.from(atob(record), (letter) => letter.charCodeAt(0));
      const database = await new Promise((done, fail) => {
        const request = indexedDB.open("weft", 1);
        request.onupgradeneeded = () => {
          const made = request.result;
          if (!made.objectStoreNames.contains("cards")) made.createObjectStore("cards");
          if (!made.objectStoreNames.contains("log"))
            made.createObjectStore("log", { autoIncrement: true }).createIndex("plan", "plan");
        };
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      await new Promise((done, fail) => {
        const transaction = database.transaction(["cards", "log"], "readwrite");
        transaction.objectStore("log").add({ plan: id, bytes });
        transaction.objectStore("cards").put(card, id);
        transaction.oncomplete = done;
        transaction.onerror = () => fail(transaction.error);
      });
      database.close();
    },
    { id, card, record },
  );
  return id;
}
