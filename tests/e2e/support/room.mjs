// A device with little room: the browser's own limit for our origin, set by its
// protocol, and ballast that takes up what is left of it.
//
// Three things decide whether the limit is felt. It must be set before the
// first write: Chromium hands a store an allotment of the room that is free,
// and asks again only when that is used up or half a minute old. It holds as
// long as the protocol session that set it, so that its page must stay open. And
// `navigator.storage.estimate()` does not show it; `Storage.getUsageAndQuota`
// does.

import assert from "node:assert/strict";
import { withoutEditor } from "./contexts.mjs";
import { held } from "./saved.mjs";

/** A page of our origin without the editor in it, behind the page that is worked in. */
export async function bare(context, address) {
  const front = context.pages().at(-1);
  const page = await withoutEditor(context, address);
  // A page in the back gets no keys.
  await front?.bringToFront();
  return page;
}

/** Gives the origin of `address` only so many bytes, until `lift` is called. */
export async function littleRoom(context, address, bytes) {
  const keeper = await bare(context, address);
  const protocol = await context.newCDPSession(keeper);
  const { origin } = new URL(address);
  await protocol.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: bytes });
  const { quota, overrideActive } = await protocol.send("Storage.getUsageAndQuota", { origin });
  assert.deepEqual({ quota, overrideActive }, { quota: bytes, overrideActive: true });
  return { page: keeper, lift: () => protocol.send("Storage.overrideQuotaForOrigin", { origin }) };
}

/** Takes up all room of the page's origin, to the last few bytes; gives how many it took. */
export function ballast(page) {
  return page.evaluate(async () => {
    const done = (request) =>
      new Promise((ok, no) => {
        request.onsuccess = () => ok(request.result);
        request.onerror = () => no(request.error);
      });
    const opening = indexedDB.open("ballast", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("stones", { autoIncrement: true });
    const database = await done(opening);
    const put = (stone) =>
      new Promise((ok) => {
        const transaction = database.transaction("stones", "readwrite", { durability: "strict" });
        transaction.objectStore("stones").add(stone);
        transaction.oncomplete = () => ok(true);
        transaction.onabort = () => ok(false);
      });
    let taken = 0;
    for (let size = 1 << 16; size >= 16; ) {
      // Of chance: zeros would be packed.
      if (await put(crypto.getRandomValues(new Uint8Array(size)))) taken += size;
      else size >>= 1;
    }
    database.close();
    return taken;
  });
}

/** All that the store of the editor holds, as one string to compare. */
export async function stored(page) {
  const { log, cards } = await held(page);
  return JSON.stringify([log, cards.map(([, card]) => card)]);
}
