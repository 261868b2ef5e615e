// axe-core on a page: every rule of WCAG 2.0, 2.1 and 2.2, levels A and AA.
//
// The script is evaluated through the browser's own protocol and not added as an
// element, so that the page's policy stays in force while it runs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { picture } from "./browser.mjs";

/** The short one: each page reads it anew. */
const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** The same in light and in dark, the way the system asks for them, and a picture of each. */
export async function accessibleInBothThemes(page, what, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await accessible(page, `${what}, ${colorScheme}`);
    if (name) await picture(page, `${name}-${colorScheme}`);
  }
}

/** Fails with one line for each element that breaks a rule. */
export async function accessible(page, what) {
  // While an edit is being written what says "saved" is faded.
  await page.locator(".save-state.pending").waitFor({ state: "detached" });
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const violations = await page.evaluate(async (tags) => {
    const result = await window.axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
    });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
  }, tags);
  assert.deepEqual(violations, [], `${what} breaks rules of accessibility`);
}
