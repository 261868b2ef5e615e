// Importing: what is guessed can be changed, what is not understood waits,
// what is doubtful is asked, and a broken file changes nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { open, picture, screens, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { amounts, bringIn, choose, chooseFiles, exported, fixture, goTo, openFile, planForTables, preview, retitle, tables, wayOut } from "./support/files.mjs";
import { soon } from "./support/soon.mjs";
import { open as openWeave } from "./support/weave.mjs";

const example = fileURLToPath(new URL("../../examples/cnc-order-class.json", import.meta.url));
const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const json = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

async function cells(page, text) {
  await page.locator("#import-paste").fill(text);
  await page.getByRole("button", { name: "Read the cells" }).click();
  await page.locator(".import-columns").waitFor();
}

weft("a broken, foreign or empty file is refused with its reason, and the plan stays as it is", async ({ page }) => {
  await planForTables(page);
  const before = await exported(page);
  const whole = readFileSync(fixture("tables/anlagenmechaniker.modules.csv"));
  const plan = before.bytes.toString();
  const hostile = [
    [json("cut.json", plan.slice(0, plan.length / 2)), /cut\.json is broken/],
    [json("other.json", '{"hello":1}'), /no Weft plan/],
    [json("newer.json", '{"format":"weft-plan","version":99}'), /newer Weft/],
    [{ name: "picture.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255]) }, /no text that can be read/],
    [{ name: "book.xls", mimeType: "", buffer: Buffer.from("\xd0\xcf\x11\xe0 of before 2007", "latin1") }, /is a workbook of before 2007/],
    [{ name: "book.xlsx", mimeType: "", buffer: Buffer.concat([Buffer.from("PK\x03\x04"), whole.subarray(0, 400)]) }, /book\.xlsx/],
    [csv("plan.pdf", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"), /is a PDF/],
    [csv("empty.csv", ""), /empty\.csv is empty/],
    [csv("wide.csv", `a${",".repeat(5000)}\n1`), /at most 1,000 columns/],
    [csv("long.csv", `code,title,hours\n${"A,B,1\n".repeat(100001)}`), /at most 100,000 rows/],
  ];
  for (const [file, message] of hostile) {
    await goTo(page, "overview");
    await goTo(page, "import");
    await page.locator(".import-drop").waitFor();
    await chooseFiles(page, file);
    await page.locator(".import-refusals").getByText(message).waitFor();
    await soon.equal(() => page.locator(".import-steps").count(), 0, `${file.name} became a table`);
  }
  const after = await exported(page);
  assert.ok(before.bytes.equals(after.bytes), "the plan has changed");
});

weft("one broken file among good ones is named, and the good ones are taken", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, [csv("modules.csv", "code,title,hours\nA1,Turning,40\n"), csv("empty.csv", "")]);
  await page.locator(".import-refusals").getByText("empty.csv is empty").waitFor();
  await preview(page);
  await soon.deepEqual(async () => (await amounts(page))["Modules"], [1, 0, 0]);
});

weft("an import is one act: undo takes all of it back, and a second import finds nothing new", async ({ page }) => {
  await planForTables(page);
  const before = await exported(page);
  await goTo(page, "import");
  await chooseFiles(page, tables("aenderungsschneider"));
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await bringIn(page);
  await page.getByRole("button", { name: "Import more" }).click();
  await chooseFiles(page, tables("aenderungsschneider"));
  await page.locator(".import-columns").waitFor();
  await preview(page);
  const again = await amounts(page);
  assert.deepEqual(again["Modules"], [0, 0, 10]);
  assert.deepEqual(again["Links of the weave"], [0, 0, 207]);
  await page.getByText("Nothing would change").waitFor();
  await soon.equal(() => page.getByRole("button", { name: "Bring it in" }).getAttribute("aria-disabled"), "true");
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  const after = await exported(page);
  assert.ok(before.bytes.equals(after.bytes), "undo left something behind");
});

weft("what a table would change of what is here is told value by value, before anything happens", async ({ page }) => {
  await planForTables(page);
  await cells(page, "Code\tModule title\tHours\nM1\tTurning\t96\nM2\tMilling\t48");
  await preview(page);
  await soon.equal(() => page.getByRole("button", { name: "What changes of what is here" }).count(), 0);
  await bringIn(page);
  await page.getByRole("button", { name: "Import more" }).click();
  await cells(page, "Code\tModule title\tHours\nM1\tTurning\t64\nM2\tMilling\t48\nM3\tGrinding\t32");
  await preview(page);
  assert.deepEqual((await amounts(page))["Modules"], [1, 1, 1]);
  await page.getByRole("button", { name: "What changes of what is here" }).click();
  await soon.match(() => page.locator(".import-change-list").innerText(), /^“M1 Turning”\s*Hours\s*96\s*→\s*64$/);
  await accessible(page, "what changes");
  await picture(page, "import-changes");
});

weft("a table that nothing fits is matched by hand", async ({ page }) => {
  await planForTables(page);
  await cells(page, "Kennung\tWas gelehrt wird\tDauer\nX1\tDrehen\t40\nX2\tFräsen\t60");
  await page.getByText("No header of this table is understood").waitFor();
  await page.getByLabel("This table holds").selectOption({ label: "Modules" });
  await page.getByLabel("Header row").selectOption({ index: 0 });
  await page.getByLabel("What “Kennung” is for").selectOption({ label: "Code" });
  await page.getByLabel("What “Was gelehrt wird” is for").selectOption({ label: "Title" });
  await page.getByLabel("What “Dauer” is for").selectOption({ label: "Hours" });
  await page.getByLabel("Language of “Was gelehrt wird”").selectOption({ label: "German" });
  await preview(page);
  await page.getByText("we read 100 h").waitFor();
  await bringIn(page);
  const plan = JSON.parse((await exported(page)).bytes);
  assert.deepEqual(
    plan.modules.map(({ code, title, total_hours }) => [code, title.de, total_hours]),
    [["X1", "Drehen", 40], ["X2", "Fräsen", 60]],
  );
});

weft("a row that is not understood waits in the tray, is corrected there, and comes in", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, [
    csv("modules.csv", "code,title,hours\nA1,Turning,40\n"),
    csv("competencies.csv", "code,statement\nP-1,Turn a shaft\n"),
    csv("mapping.csv", "module,competency,level\nA1,P-1,M\nA9,P-1,P\n"),
  ]);
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await soon.deepEqual(async () => (await amounts(page))["Links of the weave"], [1, 0, 0]);
  const tray = page.locator(".import-tray");
  await tray.getByText("Module “A9” is not in the plan").waitFor();
  await tray.getByText("mapping.csv, row 3").first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    tray.getByRole("button", { name: "Download these rows" }).click(),
  ]);
  assert.match(readFileSync(await download.path(), "utf8"), /"mapping\.csv, row 3","Module “A9” is not in the plan\.","A9","P-1","P"/);
  await accessible(page, "the preview with a tray");
  await picture(page, "import-tray");
  await tray.getByLabel("module", { exact: true }).fill("A1");
  await page.keyboard.press("Enter");
  await tray.getByRole("button", { name: "Try again" }).click();
  await tray.waitFor({ state: "detached" });
  await page.locator(".import-warnings").getByText("same link").waitFor();
  await bringIn(page);
});

weft("a value that was left out of a row is corrected beside its warning", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, csv("modules.csv", "code,title,hours,nature\nA1,Turning,about 80,core-ish\nA2,Milling,40,core\n"));
  await page.locator(".import-columns").waitFor();
  await preview(page);
  const warnings = page.locator(".import-warnings");
  await warnings.getByText("“about 80” is left out").waitFor();
  await accessible(page, "a warning with its cell");
  await picture(page, "import-warning");
  await warnings.getByLabel(/^Correct: modules\.csv, row 2/).first().fill("80");
  await page.keyboard.press("Enter");
  await warnings.getByLabel(/^Correct: modules\.csv, row 2/).last().selectOption("Required");
  await warnings.getByRole("button", { name: "Try again" }).click();
  await warnings.waitFor({ state: "detached" });
  await bringIn(page);
  const plan = JSON.parse((await exported(page)).bytes.toString());
  assert.deepEqual(plan.modules.map(({ code, total_hours, nature }) => [code, total_hours, nature]), [["A1", 80, "required"], ["A2", 40, "required"]]);
});

weft("however many rows wait in the tray, each is shown and can be corrected", async ({ page }) => {
  await planForTables(page);
  const unknown = Array.from({ length: 120 }, (_, at) => `A9${at},P-1,P\n`).join("");
  await chooseFiles(page, [
    csv("modules.csv", "code,title,hours\nA1,Turning,40\n"),
    csv("competencies.csv", "code,statement\nP-1,Turn a shaft\n"),
    csv("mapping.csv", `module,competency,level\n${unknown}`),
  ]);
  await page.locator(".import-columns").waitFor();
  await preview(page);
  const rows = page.locator(".import-tray .import-tray-row");
  await soon.equal(() => rows.count(), 50);
  await page.getByRole("button", { name: "Show 50 more" }).click();
  await soon.equal(() => rows.count(), 100);
  await page.getByRole("button", { name: "Show 20 more" }).click();
  await soon.equal(() => rows.count(), 120);
  await soon.equal(() => page.getByRole("button", { name: /^Show/ }).count(), 0);
  await rows.last().getByLabel("module", { exact: true }).fill("A1");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Try again" }).click();
  await soon.deepEqual(async () => (await amounts(page))["Links of the weave"], [1, 0, 0]);
  await page.locator(".import-tray").getByText("119 rows").waitFor();
});

weft("a row that fits several items is asked about, and never guessed", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, [
    csv("modules.csv", "code,title,period,hours\nLF1,Turning,year 1,40\nLF1,Milling,year 2,60\n"),
    csv("competencies.csv", "code,statement\nP-1,Turn a shaft\n"),
    csv("mapping.csv", "module,competency,level\nLF1,P-1,M\n"),
  ]);
  await page.locator(".import-columns").waitFor();
  await preview(page);
  const question = page.locator(".import-question");
  await question.waitFor();
  await soon.equal(async () => (await amounts(page))["Links of the weave"], undefined);
  await accessible(page, "the preview with questions");
  await picture(page, "import-question");
  const answer = question.getByRole("combobox");
  const milling = await answer.locator("option", { hasText: "Milling" }).getAttribute("value");
  await answer.selectOption(milling);
  await page.locator(".import-amounts").getByText("Links of the weave").waitFor();
  await soon.deepEqual(async () => (await amounts(page))["Links of the weave"], [1, 0, 0]);
  // Still there, and still changeable.
  await question.getByRole("combobox").selectOption("skip");
  await page.locator(".import-amounts").getByText("Links of the weave").waitFor({ state: "detached" });
  await question.getByRole("combobox").selectOption(milling);
  await page.locator(".import-amounts").getByText("Links of the weave").waitFor();
  await bringIn(page);
  const plan = JSON.parse((await exported(page)).bytes);
  const linked = plan.modules.find(({ id }) => id === plan.links[0].module);
  assert.equal(linked.title.en, "Milling");
});

weft("a relevance is kept as strength, unless a person says that it is the level", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, tables("aenderungsschneider"));
  await page.locator(".import-columns").waitFor();
  await page.locator(".import-steps-button").nth(2).click();
  const box = page.getByLabel(/Take “relevance” as the level/);
  await soon.equal(() => box.isChecked(), false);
  await box.check();
  await preview(page);
  await page.locator(".import-scale").waitFor();
  await page.locator(".import-steps-button").nth(2).click();
  await page.getByLabel(/Take “relevance” as the level/).uncheck();
  await preview(page);
  await soon.equal(() => page.locator(".import-scale").count(), 0);
  await bringIn(page);
  const { links } = JSON.parse((await exported(page)).bytes);
  assert.ok(links.every((link) => link.level === undefined && link.strength >= 1 && link.strength <= 5));
});

weft("a Weft JSON file comes into a plan that is there, and brings back what the plan had", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, tables("ausbaufacharbeiter"));
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await bringIn(page);
  const before = await exported(page);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await goTo(page, "import");
  await chooseFiles(page, [json("whole.json", before.bytes), csv("modules.csv", "code,title\nA1,Turning\n")]);
  await page.locator(".import-refusals").getByText("modules.csv was left out").waitFor();
  await page.locator(".import-amounts").waitFor();
  // What undo took out of sight comes back as itself: changed, not new.
  const touched = (await amounts(page))["Modules"];
  assert.deepEqual([touched[0] + touched[1], touched[2]], [17, 0]);
  const links = (await amounts(page))["Links of the weave"];
  assert.deepEqual([links[0] + links[1], links[2]], [226, 0]);
  await bringIn(page);
  const after = await exported(page);
  assert.ok(before.bytes.equals(after.bytes));
});

weft("files may be dropped anywhere on the page, at any step", async ({ page }) => {
  await planForTables(page);
  const drop = (name, text) =>
    page.evaluate(([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: "text/csv" }));
      for (const kind of ["dragover", "drop"]) {
        const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data });
        document.querySelector(".page-name").dispatchEvent(event);
        if (!event.defaultPrevented) throw new Error(`${kind} would open the file`);
      }
    }, [name, text]);
  await drop("modules.csv", "code,title,hours\nA1,Turning,40\n");
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await drop("more.csv", "code,title,hours\nA2,Milling,60\n");
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await soon.deepEqual(async () => (await amounts(page))["Modules"], [2, 0, 0]);
});

const cn = ["parties", "terms", "venues", "people", "competencies", "courses", "specification", "certificates", "order", "rotation", "mapping"];

weft("the Chinese programme comes in from its tables: 44 modules, 142 links, 2,688 h, 157 credits", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, cn.map((table) => fixture(`example-cn/${table}.csv`)));
  await page.locator(".import-columns").waitFor();
  await preview(page);
  const come = await amounts(page);
  assert.deepEqual(come["Modules"], [44, 0, 0]);
  assert.deepEqual(come["Links of the weave"], [142, 0, 0]);
  await page.getByText("we read 2,688 h").waitFor();
  await page.getByText("we read 157").waitFor();
  await soon.equal(() => page.locator(".import-tray").count(), 0);
  await bringIn(page);
});

weft("a teaching-progress table says its sums, and they hold", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, [fixture("example-cn/terms.csv"), fixture("example-cn/progress-table.csv")]);
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await page.locator(".import-check.good").filter({ hasText: "the sheet says 2,688 h, we read 2,688 h" }).first().waitFor();
  await soon.equal(() => page.locator(".import-check.gap").count(), 0);
});

weft("the same table as a workbook comes in as it is, and says the same sums", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, [fixture("example-cn/terms.csv"), fixture("example-cn/progress-table.xlsx")]);
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await page.locator(".import-check.good").filter({ hasText: "the sheet says 2,688 h, we read 2,688 h" }).first().waitFor();
  await soon.equal(() => page.locator(".import-check.gap").count(), 0);
  await bringIn(page);
});

weft("a workbook says which of its sheets are passed over, and how many formulas have no result", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, [fixture("example-cn/progress-table-unreckoned.xlsx")]);
  await page.locator(".import-refusals").getByText("1 sheet of progress-table-unreckoned.xlsx was passed over").waitFor();
  await page.locator(".import-refusals").getByText("旧版").waitFor();
  await picture(page, "import-sheets-passed-over");
  await preview(page);
  await page.locator(".import-warnings").getByText("24 formulas have no results").waitFor();
});

weft("a framework curriculum comes in as the tables that it stands for", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, [fixture("kmk/verfahrensmechaniker.json")]);
  await page.locator(".import-columns").waitFor();
  await page.locator(".import-refusals").getByText("Not read from verfahrensmechaniker.json").waitFor();
  await picture(page, "import-curriculum");
  await preview(page);
  const come = await amounts(page);
  assert.deepEqual(come["Modules"], [14, 0, 0]);
  assert.deepEqual(come["Units"], [112, 0, 0]);
  assert.deepEqual(come["Links of the weave"], [335, 0, 0]);
  await soon.equal(() => page.locator(".import-tray").count(), 0);
  await bringIn(page);
});

weft("a workbook of a plan makes the plan anew, down to what has no column", async ({ page }) => {
  const before = JSON.parse(readFileSync(example, "utf8"));
  await openFile(page, example);
  await goTo(page, "export");
  await wayOut(page, "xlsx");
  const button = page.getByRole("button", { name: /^Download/ });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const book = { name: "plan.xlsx", mimeType: "application/octet-stream", buffer: readFileSync(await download.path()) };
  await planForTables(page);
  await chooseFiles(page, [book]);
  await page.locator(".import-columns").waitFor();
  await picture(page, "import-own-workbook");
  await preview(page);
  await soon.equal(() => page.locator(".import-tray").count(), 0);
  await bringIn(page);
  const after = JSON.parse((await exported(page)).bytes);
  // The new plan came with a scale, which stays its own, and with two sides, which make
  // room for those that came.
  for (const kind of ["about", "parties", "sections", "terms", "specification", "categories", "job_items", "assessments", "elective_pools", "tracks", "cohorts", "intakes", "groups", "certificates", "conversions", "signer_stages", "links"]) {
    const bare = (list) => (Array.isArray(list) ? list.map(({ owner, ...item }) => item) : list);
    assert.deepEqual(bare(after[kind]), bare(before[kind]), kind);
  }
  // Places are known by their names; whose they are came with them.
  const places = (plan) => plan.places.map(({ id, ...place }) => place);
  assert.deepEqual(places(after), places(before));
});

weft("a workbook of 1,000 modules and 25,000 links comes back whole, gone through apart from the page", async ({ page }) => {
  await openWeave(page, "large");
  await goTo(page, "export");
  const before = JSON.parse((await exported(page)).bytes);
  await goTo(page, "export");
  await wayOut(page, "xlsx");
  const button = page.getByRole("button", { name: /^Download/ });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const buffer = readFileSync(await download.path());
  await planForTables(page);
  await chooseFiles(page, [{ name: "plan.xlsx", mimeType: "application/octet-stream", buffer }]);
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await soon.deepEqual(async () => (await amounts(page))["Links of the weave"], [25_000, 0, 0]);
  await bringIn(page);
  const after = JSON.parse((await exported(page)).bytes);
  for (const kind of ["job_items", "units", "links"]) assert.deepEqual(after[kind], before[kind], kind);
});

weft("a plan that changes meanwhile is looked at again before anything is written", async ({ page, context }) => {
  await planForTables(page);
  const address = page.url();
  await chooseFiles(page, csv("modules.csv", "code,title,hours\nA1,Turning,40\n"));
  await page.locator(".import-columns").waitFor();
  await preview(page);
  const other = await context.newPage();
  await other.goto(address.replace("/import", "/overview"));
  await retitle(other, "Meanwhile");
  await page.getByText("The plan has changed since").waitFor();
  await page.getByRole("button", { name: "Look again" }).click();
  await page.getByText("The plan has changed since").waitFor({ state: "detached" });
  await bringIn(page);
});

for (const [name, options] of Object.entries({
  "English, light": {},
  "Chinese, dark": { locale: "zh-CN", colorScheme: "dark" },
  "English, dark, phone": { colorScheme: "dark", viewport: screens.phone, hasTouch: true, isMobile: true },
  "Chinese, light, phone": { locale: "zh-CN", viewport: screens.phone, hasTouch: true, isMobile: true },
})) {
  weft(`every step is accessible: ${name}`, options, async ({ page }) => {
    const shot = (step) => picture(page, `import-${step}-${name.replaceAll(/\W+/g, "-").toLowerCase()}`);
    await open(page);
    await page.locator(".home-acts button").nth(3).click();
    await page.locator(".import-drop").waitFor();
    await accessible(page, "choosing");
    await shot("1-source");
    await choose(page, () => page.locator(".import-drop .button.primary").click(), cn.map((table) => fixture(`example-cn/${table}.csv`)));
    await page.locator(".import-columns").waitFor();
    await accessible(page, "matching");
    await shot("2-table");
    await preview(page);
    await accessible(page, "the preview");
    await shot("3-preview");
    await page.locator(".import-foot .button.primary").click();
    await page.locator(".import-done").waitFor();
    await accessible(page, "the end");
    await shot("4-done");
  });
}

weft("values of a JSON file that were not understood are corrected by their keys, and come in", async ({ page }) => {
  await planForTables(page);
  const file = {
    CFDocument: { identifier: "d", title: "Turning", language: "en", uri: "urn:d" },
    CFItems: [
      { identifier: "a", uri: "urn:a", fullStatement: "Clamp the workpiece" },
      { identifier: "b", uri: "urn:b", fullStatement: ["Turn"], humanCodingScheme: "T2" },
      "Measure the bore",
    ],
    CFAssociations: [{ identifier: "x", originNodeURI: "a", destinationNodeURI: "b" }],
  };
  await chooseFiles(page, [json("turning.json", JSON.stringify(file))]);
  const tray = page.locator(".import-tray");
  const row = (place) => tray.locator(".import-tray-row").filter({ hasText: place });
  await row("CFItems, entry 2").waitFor();
  await accessible(page, "values of a JSON file in the tray");
  await picture(page, "import-tray-json", { fullPage: true });
  await soon.equal(() => tray.locator(".import-tray-row").count(), 3);
  for (const [place, head, words] of [
    ["CFItems, entry 2", "fullStatement", "Turn to size"],
    ["CFItems, entry 3", "humanCodingScheme", "T3"],
    ["CFAssociations, entry 1", "associationType", "isRelatedTo"],
  ]) {
    const field = row(place).getByLabel(head, { exact: true });
    await field.fill(words);
    await field.press("Enter");
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await tray.waitFor({ state: "detached" });
  await bringIn(page);
  const plan = JSON.parse((await exported(page)).bytes);
  assert.deepEqual(plan.job_items.map((it) => it.statement.en).sort(), ["Clamp the workpiece", "Measure the bore", "Turn to size"]);
});
