// Exporting: every format that the registry knows, named after the plan, with
// the keyboard alone if need be, and Home knows of the backup.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, picture, screens, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { bringIn, choose, chooseFiles, exported, goTo, openFile, planForTables, preview, retitle, tables, wayOut } from "./support/files.mjs";
import { soon } from "./support/soon.mjs";

const title = "Mechaniker: 1/2?";

async function plan(page) {
  await planForTables(page);
  await chooseFiles(page, tables("anlagenmechaniker"));
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await bringIn(page);
  await retitle(page, title);
  await goTo(page, "export");
}

/** The tables, on the export page. */
async function inTables(page) {
  await wayOut(page, "tables");
  await page.locator(".export-part").nth(1).waitFor();
}

weft("the tables of a plan read back as the same plan", async ({ page }) => {
  await plan(page);
  const before = await exported(page);
  await inTables(page);
  const files = [];
  for (const row of await page.locator(".export-tables tbody tr").all()) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      row.getByRole("button", { name: "Download" }).click(),
    ]);
    const name = download.suggestedFilename();
    assert.match(name, /^Mechaniker 1 2-[a-z]+\.csv$/);
    const buffer = readFileSync(await download.path());
    assert.equal(buffer.subarray(0, 3).toString("hex"), "efbbbf", "a spreadsheet takes it for UTF-8");
    files.push({ name, mimeType: "text/csv", buffer });
  }
  assert.ok(files.length >= 5, `${files.length} tables`);
  await goTo(page, "import");
  await chooseFiles(page, files);
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await page.getByText("Nothing would change").waitFor();
  const after = await exported(page);
  assert.ok(before.bytes.equals(after.bytes));
});

weft("without the mark for spreadsheets a table starts with its first head", async ({ page }) => {
  await plan(page);
  await inTables(page);
  await page.getByLabel(/For Excel and WPS/).uncheck();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".export-tables tbody tr").first().getByRole("button", { name: "Download" }).click(),
  ]);
  assert.match(readFileSync(await download.path(), "utf8"), /^weft id,/);
});

weft("the workbook of a plan reads back as the same plan, and the other office files come whole", async ({ page }) => {
  await plan(page);
  const before = await exported(page);
  await goTo(page, "export");
  const files = new Map();
  for (const name of ["xlsx", "xlsx_weave", "xlsx_progress", "docx_programme", "docx_correspondence"]) {
    await wayOut(page, name);
    // What the file holds is seen before it is saved.
    await page.locator(".export-seen td").first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(".export-format .button.primary").click(),
    ]);
    const buffer = readFileSync(await download.path());
    assert.equal(buffer.subarray(0, 2).toString(), "PK", name);
    // A zip archive ends with its directory; where that is cut off, it is none.
    assert.ok(buffer.subarray(-22).toString("latin1").startsWith("PK\x05\x06"), `${name} is whole`);
    files.set(download.suggestedFilename(), buffer);
  }
  assert.equal(files.size, 5, [...files.keys()].join());
  const [name, buffer] = [...files].find(([name]) => name === "Mechaniker 1 2.xlsx");
  await goTo(page, "import");
  await chooseFiles(page, { name, mimeType: "", buffer });
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await page.getByText("Nothing would change").waitFor();
  const after = await exported(page);
  assert.ok(before.bytes.equals(after.bytes));
});

weft("a page to read opens without the editor: nothing runs in it, it is accessible, and it says what the plan says", async ({ page }) => {
  await plan(page);
  await goTo(page, "data");
  await retitle(page, `<img src=x onerror="document.title='run'">`);
  await goTo(page, "export");
  await wayOut(page, "html");
  await page.locator(".export-seen td").first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".export-format .button.primary").click(),
  ]);
  const html = readFileSync(await download.path(), "utf8");
  const loaded = [];
  page.on("request", (request) => loaded.push(request.url()));
  await page.route("**/to-read.html", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await page.goto(new URL("to-read.html", url).href);
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "<img src=x" }).waitFor();
  assert.notEqual(await page.title(), "run");
  await soon.equal(() => page.locator("script, img, iframe, object, svg, form").count(), 0);
  assert.equal(loaded.length, 1, loaded.join());
  const ink = await page.evaluate(() => getComputedStyle(document.querySelector("table")).borderCollapse);
  assert.equal(ink, "collapse", "its policy allows its own style");
  await accessible(page, "the page to read");
  await picture(page, "to-read");
  await page.setViewportSize(screens.phone);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `it is ${wide} px too wide for a phone`);
  await picture(page, "to-read-phone");
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, "the page to read, dark");
  await picture(page, "to-read-dark");
});

weft("formats are found by name, extension and use", async ({ page }) => {
  await plan(page);
  const field = page.getByLabel("Find a format");
  const shown = () => page.locator(".export-way").evaluateAll((all) => all.map((it) => it.dataset.way));
  await page.locator(".export-way").first().waitFor();
  await soon.ok(async () => (await shown()).length >= 19);
  await field.fill("ics");
  await page.locator('[data-way="icalendar"]').waitFor();
  await soon.deepEqual(() => shown(), ["icalendar"]);
  await field.fill("moodle");
  await soon.deepEqual(() => shown(), ["moodle"]);
  await field.fill("nothing like this");
  await page.getByText("No format fits").waitFor();
});

weft("with the keyboard alone: a new plan, to its export, and the file", async ({ page }) => {
  await open(page);
  const focus = async (name) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
      if (focused === name) return;
    }
    assert.fail(`Tab never reached “${name}”`);
  };
  await focus("New plan");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#\/plan\/[^/]+\/overview/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Export");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/export$/);
  await focus("Weft JSON.json");
  await page.keyboard.press("Enter");
  await page.locator(".export-lines").first().waitFor();
  await focus("Download Weft JSON");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const file = JSON.parse(readFileSync(await download.path(), "utf8"));
  assert.equal(file.format, "weft-plan");
});

weft("a plan that was given out says so, and comes back as a second plan", async ({ page }) => {
  await plan(page);
  await page.locator(".save-state.good").waitFor();
  const { name, bytes } = await exported(page);
  assert.equal(name, "Mechaniker 1 2.json");
  await page.getByText(`${name} was handed to the browser`).waitFor();
  await openFile(page, { name, mimeType: "application/json", buffer: bytes });
  const second = await exported(page);
  assert.ok(bytes.equals(second.bytes));
});

for (const [look, options] of Object.entries({
  "English, light": {},
  "Chinese, dark": { locale: "zh-CN", colorScheme: "dark" },
  "Chinese, light, phone": { locale: "zh-CN", viewport: screens.phone, hasTouch: true, isMobile: true },
})) {
  weft(`the page is accessible: ${look}`, options, async ({ page }) => {
    await open(page);
    await page.locator(".home-acts button").nth(3).click();
    await page.locator(".import-drop").waitFor();
    await choose(page, () => page.locator(".import-drop .button.primary").click(), tables("anlagenmechaniker"));
    await page.locator(".import-columns").waitFor();
    await preview(page);
    await page.locator(".import-foot .button.primary").click();
    await page.locator(".import-done").waitFor();
    await goTo(page, "export");
    await page.locator(".export-list").waitFor();
    const name = look.replaceAll(/\W+/g, "-").toLowerCase();
    await accessible(page, "the list of formats");
    await picture(page, `export-${name}`);
    const phone = options.isMobile === true;
    for (const [way, there] of Object.entries({
      tables: ".export-part-acts .button",
      xlsx: ".export-seen td",
      docx_programme: ".export-seen-head",
      case: ".export-lines",
      html: ".export-seen td",
    })) {
      await wayOut(page, way);
      await page.locator(there).first().waitFor();
      if (way === "tables") {
        await page.locator(".export-part-acts .button").first().click();
        await page.locator(".export-lines").waitFor();
      }
      await accessible(page, `the export page at ${way}`);
      await picture(page, `export-${name}-${way}`);
      if (phone) await page.locator(".export-back .button").click();
    }
  });
}

weft("what is chosen far down in the list begins at its name, and its file is called after it", async ({ page }) => {
  await plan(page);
  await goTo(page, "export");
  for (const [id, ending] of [["elm", "-elm.jsonld"], ["case", "-case.json"]]) {
    await wayOut(page, id);
    await page.locator(".export-file").filter({ hasText: ending }).waitFor();
    await soon.ok(() => page.locator(".export-panel h2").first().evaluate((it) => {
      const { top, bottom } = it.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }), id);
  }
});
