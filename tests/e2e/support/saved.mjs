// Plans for browser tests, put straight into the browser's storage. They are
// saved by a native test (`tests/saved_plans.rs`), which `cargo xtask e2e` runs, under
// target/e2e/plans, so they are read by the program as any saved plan is.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../../../target/e2e/plans/", import.meta.url);

/** All that the device holds of plans, and what its local storage does. */
export function held(page) {
  return page.evaluate(async () => {
    const done = (request) =>
      new Promise((ok, no) => {
        request.onsuccess = () => ok(request.result);
        request.onerror = () => no(request.error);
      });
    const text = (bytes) => {
      const pieces = [];
      // A call takes only so many arguments.
      for (let at = 0; at < bytes.length; at += 8_192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)));
      return btoa(pieces.join(""));
    };
    const database = await done(indexedDB.open("weft"));
    const transaction = database.transaction(["log", "cards"]);
    const log = done(transaction.objectStore("log").getAll());
    const cards = done(transaction.objectStore("cards").getAll());
    const plans = done(transaction.objectStore("cards").getAllKeys());
    const [records, names, all] = await Promise.all([log, plans, cards]);
    database.close();
    return {
      log: records.map(({ plan, bytes }) => [plan, text(bytes)]),
      cards: names.map((plan, at) => [plan, all[at]]),
      local: Object.entries(localStorage),
    };
  });
}

/** Fills the empty storage of this page's origin with what another device held. */
export function fill(page, held) {
  return page.evaluate(async ({ log, cards, local }) => {
    const database = await new Promise((done, fail) => {
      const request = indexedDB.open("weft", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("cards");
        request.result.createObjectStore("log", { autoIncrement: true }).createIndex("plan", "plan");
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    await new Promise((done, fail) => {
      const transaction = database.transaction(["cards", "log"], "readwrite");
      for (const [plan, text] of log) {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        transaction.objectStore("log").add({ plan, bytes });
      }
      for (const [plan, card] of cards) transaction.objectStore("cards").put(card, plan);
      transaction.oncomplete = done;
      transaction.onerror = () => fail(transaction.error);
    });
    database.close();
    for (const [key, value] of local) localStorage.setItem(key, value);
  }, held);
}

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
  await fill(page, { log: [[id, record]], cards: [[id, card]], local: [] });
  return id;
}
