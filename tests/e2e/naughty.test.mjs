// Texts that have broken other programs, in every text of a plan: on no page do
// they run, load or break anything. What files make of them is tested natively.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { screens, weft } from "./support/browser.mjs";
import { wayOut } from "./support/files.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";

const { texts, unprintable } = JSON.parse(readFileSync(new URL("../fixtures/naughty.json", import.meta.url), "utf8"));

/** The example with one of the texts in turn in every text of every item. */
function naughty(turn) {
  const all = [...texts, ...unprintable];
  const words = () => all[turn++ % all.length];
  const isText = (value) => value && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => /^(en|zh-CN|de)$/.test(key));
  const change = (value) => {
    if (isText(value)) return Object.fromEntries(Object.keys(value).map((lang) => [lang, words()]));
    if (Array.isArray(value)) return value.map(change);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
    return value;
  };
  return change(example());
}

for (const [look, options, turn] of [
  ["English, desktop", {}, 0],
  ["Chinese, phone", { locale: "zh-CN", viewport: screens.phone, hasTouch: true, isMobile: true }, 29],
]) {
  weft(`no text of a plan runs on any page, on paper or in a preview: ${look}`, options, async ({ page }) => {
    page.on("dialog", (dialog) => assert.fail(`a dialog came up: ${dialog.message()}`));
    const plan = await openPlan(page, naughty(turn));
    const foreign = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(new URL(plan).origin) && !request.url().startsWith("blob:")) foreign.push(request.url());
    });
    for (const name of ["overview", "jobs", "modules", "weave", "data", "checks", "review", "import", "print", "export"]) {
      await goTo(page, plan, name);
      await page.locator("h1").first().waitFor();
      const marks = await page.evaluate(() => document.querySelectorAll("main script, main img[src=x], main svg[onload], [onmouseover], [onerror]").length);
      assert.equal(marks, 0, `markup of a text on ${name}`);
    }
    for (const [way, seen] of [["weft_json", ".export-lines"], ["html", ".export-seen td"], ["xlsx", ".export-seen td"], ["docx_programme", ".export-seen td"], ["markdown", ".export-lines"]]) {
      if (options.isMobile && (await page.locator(".export-back .button").isVisible())) await page.locator(".export-back .button").click();
      await wayOut(page, way);
      await page.locator(seen).first().waitFor();
    }
    assert.deepEqual(foreign, []);
  });
}
