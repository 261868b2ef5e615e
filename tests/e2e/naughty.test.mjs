// Texts that have broken other programs, in every text of a plan: on no page do
// they run, load or break anything. What files make of them is tested natively.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, screens, weft } from "./support/browser.mjs";
import { chooseFiles, preview, wayOut } from "./support/files.mjs";
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

/** No text has become markup, and no page shows the error of one. */
async function clean(page, where) {
  const marks = await page.evaluate(() => document.querySelectorAll("main script, main img[src=x], main svg[onload], dialog script, dialog img[src=x], [onmouseover], [onerror]").length);
  assert.equal(marks, 0, `markup of a text in ${where}`);
}

const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

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
      await clean(page, name);
    }
    for (const kind of ["about", "parties", "people", "venues", "terms", "certificates", "sections", "signer_stages"]) {
      await goTo(page, plan, `data/${kind}`);
      await page.locator(".data-content").waitFor();
      await clean(page, `data of ${kind}`);
    }
    for (const at of ["jobs", "modules"]) {
      await goTo(page, plan, `${at}/${(at === "jobs" ? example().job_items : example().modules)[3].id}`);
      await page.locator(".panel").waitFor();
      await clean(page, `the panel of ${at}`);
    }
    // Every print.
    await goTo(page, plan, "print");
    const prints = page.locator(".print [role=radio]");
    const count = await prints.count();
    assert.equal(count, 5);
    for (let at = 0; at < count; at += 1) {
      await prints.nth(at).click();
      await page.locator(".paper .paper-title").waitFor();
      await clean(page, `print ${at + 1}`);
    }
    await goTo(page, plan, "export");
    for (const [way, seen] of [["weft_json", ".export-lines"], ["html", ".export-seen td"], ["xlsx", ".export-seen td"], ["docx_programme", ".export-seen td"], ["markdown", ".export-lines"]]) {
      if (options.isMobile && (await page.locator(".export-back .button").isVisible())) await page.locator(".export-back .button").click();
      await wayOut(page, way);
      await page.locator(seen).first().waitFor();
    }
    // As tables from elsewhere, whose rows come in or wait in the tray.
    const cell = (text) => `"${text.replaceAll('"', '""')}"`;
    const all = [...texts, ...unprintable].filter((text) => !text.includes("\u0000"));
    const modules = ["code,title,hours", ...all.map((text, at) => `N${at},${cell(text)},${cell(text)}`)];
    const mapping = ["module,competency,level", ...all.map((text) => [text, text, text].map(cell).join(","))];
    await goTo(page, plan, "import");
    await chooseFiles(page, [csv("modules.csv", modules.join("\r\n")), csv("mapping.csv", mapping.join("\r\n"))]);
    await page.locator(".import-columns").waitFor();
    await clean(page, "the columns of an import");
    await preview(page);
    await page.locator(".import-tray").first().waitFor();
    await clean(page, "the preview and the tray");
    // Home, and what is found.
    await page.keyboard.press("Control+k");
    await page.locator(".palette-input:focus").waitFor();
    await page.keyboard.type("a");
    await page.locator("[role=option]").first().waitFor();
    await clean(page, "what is found");
    await page.keyboard.press("Escape");
    await open(page);
    await page.locator(".home-plans").waitFor();
    await clean(page, "Home");
    assert.deepEqual(foreign, []);
  });
}
