// Assertions about what a page shows after something was done to it. A page shows it
// when it has come to it: a reading too early is no fault of the page, so it is read
// again until the assertion holds. What is *not* to appear is to be waited for by
// another sign that all is done; an absence holds at once.

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

const PATIENCE_MILLIS = 60_000;

function patient(check) {
  return async (read, ...expected) => {
    const until = Date.now() + PATIENCE_MILLIS;
    for (;;) {
      try {
        check(await read(), ...expected);
        return;
      } catch (failure) {
        if (Date.now() > until) throw failure;
      }
      await pause(50);
    }
  };
}

/** `assert`, of what `read` gives, within a while. */
export const soon = {
  deepEqual: patient(assert.deepEqual),
  doesNotMatch: patient(assert.doesNotMatch),
  equal: patient(assert.equal),
  match: patient(assert.match),
  notEqual: patient(assert.notEqual),
  ok: patient(assert.ok),
};
