// Files from elsewhere are opened in a Worker apart from the plan. What stops it,
// holds it for ever or fills its memory ends with a word, an untouched plan and a
// Worker that opens the next file.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { picture, screens, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { amounts, bringIn, chooseFiles, exported, fixture, goTo, planForTables, preview, wayOut } from "./support/files.mjs";
import { arrived, received, sent } from "./support/partners.mjs";
import { example, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const good = csv("modules.csv", "code,title,hours\nA1,Turning,40\n");
const refusals = (page) => page.locator(".import-refusals");

/**
 * The Worker's script of the release, with a program that misbehaves over files of
 * some names: as one that is hostile in a way that nobody has found yet.
 */
async function misbehaving(context) {
  await context.route("**/sandbox-*.js", async (route) => {
    const answer = await route.fetch();
    const script = await answer.text();
    const bad = `
      const offered = wasm_bindgen.offer;
      wasm_bindgen.offer = (name, bytes) => {
        if (name.startsWith("panic")) { weft_panicked("index out of bounds"); throw new WebAssembly.RuntimeError("unreachable"); }
        if (name.startsWith("memory")) throw new WebAssembly.RuntimeError("unreachable executed");
        if (name.startsWith("endless")) for (;;);
        return offered(name, bytes);
      };`;
    await route.fulfill({ response: answer, body: script + bad });
  });
}

weft("what stops the Worker leaves the plan as it was, and the next file opens", async ({ page, context }) => {
  await misbehaving(context);
  await planForTables(page);
  await chooseFiles(page, good);
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await bringIn(page);
  const before = await exported(page);
  for (const [name, words] of [
    ["panic.csv", /panic\.csv could not be opened.*apart from your plan/],
    ["memory.csv", /memory\.csv needs more memory/],
  ]) {
    await goTo(page, "import");
    await page.locator(".import-drop").waitFor();
    await chooseFiles(page, csv(name, "a,b\n1,2\n"));
    await refusals(page).getByText(words).waitFor();
    await soon.equal(() => page.locator(".import-steps").count(), 0);
    await accessible(page, name);
    await chooseFiles(page, csv("next.csv", "code,title\nB1,Milling\n"));
    await page.locator(".import-columns").waitFor();
    const after = await exported(page);
    assert.ok(before.bytes.equals(after.bytes), "the plan has changed");
  }
});

weft("a file that takes for ever is stopped by hand, or by its time limit", async ({ page, context }) => {
  await misbehaving(context);
  await planForTables(page);
  await chooseFiles(page, csv("endless.csv", "a,b\n1,2\n"));
  await page.locator(".import-work").getByText("Reading endless.csv").waitFor();
  await picture(page, "sandbox-reading");
  await page.locator(".import-work").getByRole("button", { name: "Cancel" }).click();
  await page.locator(".import-work .progress").waitFor({ state: "detached" });
  await page.locator("#toasts").getByText("Stopped. Nothing came in").waitFor();
  await chooseFiles(page, good);
  await page.locator(".import-columns").waitFor();
  await page.getByRole("button", { name: "Start over" }).click();

  await page.clock.install();
  await chooseFiles(page, csv("endless.csv", "a,b\n1,2\n"));
  await page.locator(".import-work").getByText("Reading endless.csv").waitFor();
  await page.clock.fastForward(61_000);
  await refusals(page).getByText(/endless\.csv was given up: after 60 seconds/).waitFor();
  await page.clock.resume();
  await chooseFiles(page, good);
  await page.locator(".import-columns").waitFor();
});

weft("a bomb is refused, and so is a Worker that does not come", async ({ page, context, allow }) => {
  await planForTables(page);
  const deep = `{"CFDocument":${"[".repeat(100_000)}`;
  await chooseFiles(page, { name: "deep.json", mimeType: "application/json", buffer: Buffer.from(deep) });
  await refusals(page).getByText(/deep\.json/).waitFor();
  await chooseFiles(page, csv("wide.csv", ",".repeat(2_000_000)));
  await refusals(page).getByText(/wide\.csv is too large/).waitFor();
  await page.close();

  const cutOff = await context.newPage();
  allow(/sandbox-|Failed to load resource/);
  await context.route("**/sandbox-*.wasm", (route) => route.abort());
  await planForTables(cutOff);
  await chooseFiles(cutOff, good);
  await refusals(cutOff).getByText(/could not be loaded. Check the connection/).waitFor();
  await context.unroute("**/sandbox-*.wasm");
  await chooseFiles(cutOff, good);
  await cutOff.locator(".import-columns").waitFor();
});

weft("the first screen asks for nothing of the Worker", async ({ page, url }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(url);
  await page.locator(".home-acts").waitFor();
  assert.deepEqual(asked.filter((address) => address.includes("sandbox")), []);
});

weft("a .weft file of unknown origin is tried in the Worker before the plan meets it", async ({ page, context }) => {
  const plan = await openPlan(page, example());
  const file = await sent(page, plan);
  await context.route("**/sandbox-*.js", async (route) => {
    const answer = await route.fetch();
    const bad = `wasm_bindgen.answer = () => { throw new WebAssembly.RuntimeError("out of bounds"); };`;
    await route.fulfill({ response: answer, body: (await answer.text()) + bad });
  });
  await received(page, file);
  await page.getByText(/could not be opened.*apart from your plan/).waitFor();
  assert.match(page.url(), /#\/$/);
  await context.unroute("**/sandbox-*.js");
  await received(page, file);
  await arrived(page);
});

const frameworks = [
  ["case/Ordering.json"],
  ["case/SmartLevelFramework.json"],
  ["case/opensalt-framework-20c5134f.json"],
  ["case/children.csv"],
  ["case/sample_case.csv"],
  ["osmt/collection_get.json"],
];

weft("frameworks as they are published come in by themselves, in one step that undo takes back", async ({ page }) => {
  await planForTables(page);
  for (const names of frameworks) {
    await chooseFiles(page, names.map(fixture));
    await page.locator(".import-amounts").waitFor();
    const rows = await amounts(page);
    assert.ok(Object.keys(rows).length > 0, `${names}: nothing came`);
    await bringIn(page);
    await page.getByRole("button", { name: "Undo the import" }).click();
    await page.locator(".import-drop").waitFor();
  }
});

weft("occupations of ESCO are found by typing, ticked with the keyboard, and come in with their skills", async ({ page }) => {
  await planForTables(page);
  const names = ["occupations_en", "skills_en", "occupationSkillRelations"];
  await chooseFiles(page, names.map((name) => fixture(`esco/extract_${name}.csv`)));
  await page.locator(".import-offers").waitFor();
  await page.locator(".import-foot").getByText("Nothing comes in yet").waitFor();
  await soon.equal(() => page.locator(".import-amounts").count(), 0, "nothing to count yet");
  await accessible(page, "choosing occupations");
  await picture(page, "import-offers");
  const search = page.getByLabel("Find by name or code");
  const all = await page.locator(".import-offer").count();
  await search.focus();
  const first = await page.locator(".import-offer .checkbox-label").first().textContent();
  await page.keyboard.type(first.split(" ").at(-1));
  await page.waitForFunction((all) => document.querySelectorAll(".import-offer").length < all, all);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.locator(".import-offers").getByText("1 chosen").waitFor();
  await page.getByRole("button", { name: "Show what comes in" }).click();
  await page.locator(".import-first").waitFor();
  const rows = await amounts(page);
  assert.ok(rows["Job outline"]?.[0] > 5 || Object.values(rows).some(([fresh]) => fresh > 5), JSON.stringify(rows));
  await accessible(page, "what an occupation brings");
  await picture(page, "import-occupation");
  await bringIn(page);
});

weft("a thousand occupations are found by typing", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, fixture("osmt/oNet-Import.csv"));
  await page.locator(".import-offers").getByText("1,016 fit.").waitFor();
  await page.getByLabel("Find by name or code").fill("51-4041");
  await page.locator(".import-offers").getByText("1 fits.").waitFor();
  await page.locator(".import-offer").getByText("Machinists").waitFor();
});

weft("occupations of O*NET may come file by file", async ({ page }) => {
  await planForTables(page);
  await chooseFiles(page, fixture("onet/Occupation Data.txt"));
  await page.locator(".import-steps").waitFor();
  await page.getByRole("button", { name: "Add another file" }).click();
  await chooseFiles(page, fixture("onet/Task Statements.txt"));
  await page.locator(".import-offers").waitFor();
  await page.locator(".import-offer input").first().check();
  await page.getByRole("button", { name: "Show what comes in" }).click();
  await page.locator(".import-first").waitFor();
  await bringIn(page);
});

weft("a line of a framework that was not understood is corrected where it stands", async ({ page }) => {
  await planForTables(page);
  const text = readFileSync(fixture("case/children.csv"), "utf8").trimEnd();
  // A note and nothing else: 21 columns, the seventh is for notes.
  const empty = `${text}\n${",".repeat(6)}a note without a statement${",".repeat(14)}\n`;
  await chooseFiles(page, csv("children.csv", empty));
  await page.locator(".import-tray").waitFor();
  const before = await amounts(page);
  const statement = page.locator(".import-tray-row").first().getByLabel("fullStatement");
  await statement.fill("Turns shafts");
  await statement.blur();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".import-tray").waitFor({ state: "detached" });
  const sum = (rows) => Object.values(rows).reduce((all, [fresh]) => all + fresh, 0);
  assert.ok(sum(await amounts(page)) > sum(before));
});

for (const [language, locale] of [["en", "en-GB"], ["zh", "zh-CN"]]) {
  weft(`choosing occupations on a phone in the dark, ${language}`, { locale, viewport: screens.phone, colorScheme: "dark" }, async ({ page, url }) => {
    await page.goto(url);
    await page.locator(".home-acts button").nth(3).click();
    await page.locator(".import-drop").waitFor();
    const names = ["occupations_en", "skills_en", "occupationSkillRelations"];
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator(".import-drop button").first().click()]);
    await chooser.setFiles(names.map((name) => fixture(`esco/extract_${name}.csv`)));
    await page.locator(".import-offer input").first().check();
    await accessible(page, "offers on a phone");
    await picture(page, `import-offers-phone-${language}`);
    await page.locator(".import-offers .button.primary").click();
    await page.locator(".import-first").waitFor();
    await picture(page, `import-occupation-phone-${language}`, { fullPage: true });
  });
}

const download = (page) => page.locator(".export-format .button.primary");

/** What a press on Download gives: a zip archive, as office files are. */
async function officeFile(page) {
  const [given] = await Promise.all([page.waitForEvent("download"), download(page).click()]);
  assert.equal(readFileSync(await given.path()).subarray(0, 2).toString(), "PK");
  return given.suggestedFilename();
}

weft("a file that the Worker stops over, or never ends, is told; the backup goes out all the same, and so does the next file", async ({ page, context, allow }) => {
  await openPlan(page, example());
  await context.route("**/sandbox-*.js", async (route) => {
    const answer = await route.fetch();
    const bad = `
      const answered = wasm_bindgen.answer;
      wasm_bindgen.answer = (job) => {
        const format = new TextDecoder().decode(job.subarray(2, 16));
        if (format.startsWith("docx_programme")) for (;;);
        if (!format.startsWith("xlsx_opening")) throw new WebAssembly.RuntimeError("out of bounds");
        return answered(job);
      };`;
    await route.fulfill({ response: answer, body: (await answer.text()) + bad });
  });
  allow(/the sandbox stopped/);
  await goTo(page, "export");
  await wayOut(page, "xlsx");
  await page.locator(".export-format").getByText(/could not be made: .* apart from your plan/).waitFor();
  await download(page).click();
  await page.locator(".export-told").getByText(/could not be made/).waitFor();
  await accessible(page, "a file that was not made");
  const backup = await exported(page);
  assert.equal(JSON.parse(backup.bytes).format, "weft-plan");

  await wayOut(page, "docx_programme");
  await download(page).click();
  await page.locator(".export-work .progress").waitFor();
  await picture(page, "export-making");
  await accessible(page, "a file that is being made");
  await page.locator(".export-work").getByRole("button", { name: "Cancel" }).click();
  await page.locator(".export-format").getByText(/You stopped the making/).first().waitFor();
  await page.locator(".export-work .progress").waitFor({ state: "detached" });

  await wayOut(page, "xlsx_opening");
  await page.locator(".export-seen td").first().waitFor();
  await officeFile(page);
});

weft("where the Worker does not come, the page makes the files itself", async ({ page, context, allow }) => {
  await openPlan(page, example());
  allow(/sandbox-|Failed to load resource/);
  await context.route("**/sandbox-*.wasm", (route) => route.abort());
  await goTo(page, "export");
  for (const way of ["xlsx", "docx_programme"]) {
    await wayOut(page, way);
    await page.locator(".export-seen td").first().waitFor();
    await officeFile(page);
  }
});

weft("a file that is asked for before it is made goes out once, as the plan is by then", async ({ page, context }) => {
  await openPlan(page, example());
  // The Worker is slow to come.
  let go;
  const held = new Promise((done) => (go = done));
  await context.route("**/sandbox-*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await goTo(page, "export");
  await wayOut(page, "markdown");
  const given = [];
  page.on("download", (one) => given.push(one));
  await download(page).click();
  await page.locator(".export-work .progress").waitFor();
  go();
  await page.locator(".export-told").getByText(/was handed to the browser/).waitFor();
  assert.equal(given.length, 1);
  assert.match(readFileSync(await given[0].path(), "utf8"), /^# /);
});
