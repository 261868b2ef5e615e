// What comes out of the printer.

import assert from "node:assert/strict";
import { picture, weft } from "./support/browser.mjs";
import { accessibleInBothThemes } from "./support/axe.mjs";
import { standing } from "./support/paper.mjs";
import { example, goTo, openPlan, withGaps } from "./support/plans.mjs";
import { introduce } from "./support/partners.mjs";
import { named } from "./support/signing.mjs";
import { soon } from "./support/soon.mjs";

async function print(page, which) {
  const plan = await openPlan(page, withGaps());
  await goTo(page, plan, "print");
  await page.locator(".paper").waitFor();
  if (which) await page.getByRole("radio", { name: which }).click();
}

/** Every page of a PDF as Chromium writes it: its size in points. */
function pages(pdf) {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(([, width, height]) => [
    Math.round(Number(width)),
    Math.round(Number(height)),
  ]);
}

weft("the programme holds every chapter", async ({ page }) => {
  await print(page);
  const heads = await page.locator(".paper-h").allInnerTexts();
  for (const head of [
    "Partners",
    "Terms and weeks",
    "Teaching progress table",
    "Jobs, tasks and competencies",
    "Modules",
    "Training specification",
    "Open findings",
    "Waivers",
  ]) {
    assert.ok(heads.includes(head), `${head} is missing among ${heads}`);
  }
  const progress = page.locator(".progress-table");
  await soon.match(() => progress.locator("tr", { hasText: "GG01" }).innerText(), /3\/16W/);
  await soon.match(() => progress.locator(".progress-sum").innerText(), /157\s+2688/);
  await soon.match(() => page.locator(".paper").innerText(), /Waived: learned on the job/);
  await soon.equal(() => page.locator(".paper-module").count(), 44);
});

weft("prints are on A4, upright or landscape, with the plan's title at the edge", async ({ page }) => {
  for (const [which, size, least] of [
    ["Programme", [595, 842], 5],
    ["Weave", [842, 595], 2],
    ["Correspondence list", [595, 842], 3],
  ]) {
    await print(page, which);
    const edges = await page.evaluate(() => document.adoptedStyleSheets[0].cssRules[0].cssText);
    assert.match(edges, /Haiheng/);
    // The hash comes a moment after the sheet.
    const short = /[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}/;
    const [hash] = (await page.locator(".paper-hash").filter({ hasText: short }).first().innerText()).match(short);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const sizes = pages(pdf);
    if (sizes.length > 0) {
      assert.ok(sizes.length >= least, `${which}: ${sizes.length} pages`);
      for (const one of sizes) assert.deepEqual(one, size, which);
    }
    // The hash is on every page, and not at its head alone.
    const read = standing(pdf, hash);
    if (read) assert.equal(read.found, read.pages, which);
    await picture(page, `print-${which.split(" ")[0].toLowerCase()}`);
  }
});

weft("the hash stands on every page of the signature sheet and of a revision, too", async ({ page }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  const short = await named(page, plan, "For the committee");
  for (const which of ["Signature sheet", "Revision comparison"]) {
    await goTo(page, plan, "print");
    await page.getByRole("radio", { name: which }).click();
    await page.locator(".paper-hash").filter({ hasText: short }).first().waitFor();
    const read = standing(await page.pdf({ preferCSSPageSize: true, printBackground: true }), short);
    if (read) assert.equal(read.found, read.pages, which);
  }
});

weft("on paper only the paper is left, and table heads come again", async ({ page }) => {
  await print(page, "Weave");
  await page.emulateMedia({ media: "print" });
  for (const gone of [".topbar", ".rail-place", ".page-head"]) {
    await soon.equal(() => page.locator(gone).first().isVisible(), false, gone);
  }
  const styles = await page.evaluate(() => ({
    head: getComputedStyle(document.querySelector(".paper-weave thead")).display,
    row: getComputedStyle(document.querySelector(".paper-weave tbody tr")).breakInside,
  }));
  assert.deepEqual(styles, { head: "table-header-group", row: "avoid" });
  // Each module on a line of its own, its marks below their competencies.
  const stands = await page.evaluate(() => {
    const box = (cell) => cell.getBoundingClientRect();
    const table = document.querySelector(".paper-weave");
    const rows = [...table.querySelectorAll("tbody tr")].filter((row) => row.querySelector(".woven-row"));
    const heads = [...table.querySelectorAll("thead .woven-head")].map(box);
    const cells = [...rows[0].querySelectorAll("td")].map(box);
    return {
      below: rows.slice(1).every((row, at) => box(row).top >= box(rows[at]).bottom - 1),
      names: rows.every((row) => Math.abs(box(row.querySelector(".woven-row")).top - box(row).top) < 2),
      aligned: cells.every((cell, at) => Math.abs(cell.left - heads[at].left) < 2),
      head: table.querySelector("thead").getBoundingClientRect().height,
    };
  });
  assert.deepEqual({ ...stands, head: stands.head < 170 }, { below: true, names: true, aligned: true, head: true });
});

weft("the correspondence list puts school and enterprise side by side", async ({ page }) => {
  await print(page, "Correspondence list");
  const row = page.locator(".correspondence tr", { hasText: "P-1.1.1" });
  const cells = await row.locator("th, td").allInnerTexts();
  assert.match(cells[2], /ZJ01/);
  assert.match(cells[3], /SJ03/);
  assert.doesNotMatch(cells[2], /SJ03/);
});

for (const [language, locale] of [["English", "en-GB"], ["Chinese", "zh-CN"]]) {
  weft(`Print breaks no rule of accessibility in ${language}, light and dark`, { locale }, async ({ page }) => {
    await print(page);
    await accessibleInBothThemes(page, "Print");
    await page.getByRole("radio").nth(1).click();
    await accessibleInBothThemes(page, "the print of the weave");
    await page.getByRole("radio").nth(2).click();
    await accessibleInBothThemes(page, "the print of the correspondence list");
  });
}
