// A newer release of a framework: what it changes is shown beside what the plan
// holds, with the modules that it touches; each change is taken over or kept, and
// all that was chosen is one act.

import assert from "node:assert/strict";
import { picture, ready, screens, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { bringIn, chooseFiles, exported, goTo, planForTables, preview, saved } from "./support/files.mjs";
import { soon } from "./support/soon.mjs";

const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const uuid = (number) => `11111111-2222-4333-8444-5555555555${String(number).padStart(2, "0")}`;
const address = (part, id) => `https://example.org/ims/case/v1p1/${part}/${id}`;
const node = (part, id) => ({ identifier: id, uri: address(part, id), title: "" });

/** A CASE package of lines [number, code, words, number of the line above]. */
function framework(version, day, lines) {
  const moment = `${day}T00:00:00+00:00`;
  const document = uuid(99);
  const package_ = {
    CFDocument: {
      identifier: document,
      uri: address("CFDocuments", document),
      creator: "Chamber",
      title: "Machining",
      language: "en",
      caseVersion: "1.1",
      version,
      lastChangeDateTime: moment,
    },
    CFItems: lines.map(([number, code, words]) => ({
      identifier: uuid(number),
      uri: address("CFItems", uuid(number)),
      fullStatement: words,
      humanCodingScheme: code,
      language: "en",
      lastChangeDateTime: moment,
    })),
    CFAssociations: lines.map(([number, , , above], at) => ({
      identifier: uuid(number).replaceAll("5555555555", "6666666666"),
      uri: address("CFAssociations", uuid(number)),
      associationType: "isChildOf",
      sequenceNumber: at,
      originNodeURI: node("CFItems", uuid(number)),
      destinationNodeURI: above ? node("CFItems", uuid(above)) : node("CFDocuments", document),
      lastChangeDateTime: moment,
    })),
  };
  return { name: `machining-${version}.json`, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(package_)) };
}

const first = framework("2025", "2025-03-01", [
  [1, "T1", "Turn parts", 0],
  [2, "T1.1", "Set up a lathe", 1],
  [3, "T1.2", "Know cutting speeds", 1],
  [4, "T1.3", "Read a drawing on paper", 1],
]);
const second = framework("2026", "2026-06-01", [
  [1, "T1", "Turn parts", 0],
  [2, "T1.1", "Set up a CNC lathe", 1],
  [3, "T1.2", "Know cutting speeds and feeds", 1],
  [5, "T1.4", "Measure a part in the machine", 1],
]);

/** A plan that holds the first release, with a module mapped to two of its competencies. */
async function holding(page) {
  await planForTables(page);
  await chooseFiles(page, first);
  await page.locator(".import-amounts").waitFor();
  await bringIn(page);
  await page.getByRole("button", { name: "Import more" }).click();
  await chooseFiles(page, [
    csv("modules.csv", "code,title,hours\nA1,Turning on conventional and CNC lathes,40\nA2,Drawings,20\n"),
    csv("mapping.csv", "module,competency,level\nA1,T1.1,M\nA1,T1.2,P\nA2,T1.3,P\n"),
  ]);
  await page.locator(".import-columns").waitFor();
  await preview(page);
  await bringIn(page);
}

/** Goes on to the comparison with a release. */
async function compare(page, release) {
  // From elsewhere: where an import was just brought in, its last step stands.
  await goTo(page, "modules");
  await page.locator(".import-page").waitFor({ state: "detached" });
  await goTo(page, "import");
  await page.locator(".import-drop").waitFor();
  await chooseFiles(page, release);
  await page.locator(".release").waitFor();
}

const line = (page, code) => page.locator(".release-line", { has: page.locator(".release-line-name", { hasText: `${code} ` }) });
const choice = (page, code, word) => line(page, code).getByRole("radio", { name: word, exact: true });
const words = ({ bytes }) => JSON.parse(bytes).job_items.map(({ code, statement, origin_release }) => [code, statement.en, origin_release]);

weft("a line that a newer release has below another one is shown with both, and moved or left", async ({ page }) => {
  await holding(page);
  await compare(page, framework("2026", "2026-06-01", [
    [1, "T1", "Turn parts", 0],
    [2, "T1.1", "Set up a lathe", 1],
    [3, "T1.2", "Know cutting speeds", 6],
    [6, "T2", "Prepare work", 0],
    [4, "T1.3", "Read a drawing on paper", 6],
  ]));
  for (const code of ["T1.2", "T1.3"]) {
    await soon.deepEqual(() => line(page, code).locator(".release-sides dd").allTextContents(), ["T1 Turn parts", "T2 Prepare work"]);
  }
  await accessible(page, "a line that moves");
  await picture(page, "release-moves");
  await choice(page, "T1.2", "Keep").click();
  await bringIn(page);
  const { bytes } = await exported(page);
  const lines = JSON.parse(bytes).job_items;
  const above = (code) => lines.find((it) => it.id === lines.find((it) => it.code === code).parent).code;
  assert.deepEqual(["T1.1", "T1.2", "T1.3"].map(above), ["T1", "T1", "T2"]);
});

weft("a newer release is compared, one change taken over and another kept, in one act that undo takes back", async ({ page }) => {
  await holding(page);
  const before = await exported(page);
  await compare(page, second);
  await page.getByRole("heading", { name: "What release 2026 changes" }).waitFor();
  await page.getByText("3 of 4 changes taken over").waitFor();

  // The old text beside the new one, and the module that it touches.
  const reworded = line(page, "T1.1");
  await soon.deepEqual(() => reworded.locator(".release-sides dd").allTextContents(), ["Set up a lathe", "Set up a CNC lathe"]);
  const touched = reworded.getByRole("link", { name: "A1 Turning on conventional and CNC lathes" });
  await soon.match(() => touched.getAttribute("href"), /#\/plan\/[^/]+\/modules\//);
  await line(page, "T1.3").getByRole("link", { name: "A2 Drawings" }).waitFor();
  await soon.equal(() => choice(page, "T1.1", "Take over").getAttribute("aria-checked"), "true");
  // What is gone stays, unless a person says otherwise.
  await soon.equal(() => choice(page, "T1.3", "Keep").getAttribute("aria-checked"), "true");

  // By the keyboard: keep one.
  await choice(page, "T1.2", "Take over").focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText("2 of 4 changes taken over").waitFor();
  await soon.equal(() => choice(page, "T1.2", "Keep").getAttribute("aria-checked"), "true");
  // All of a group at once, and back.
  const added = page.locator(".release-group").filter({ hasText: "New in this release" });
  await added.getByRole("button", { name: "Leave all out" }).click();
  await page.getByText("1 of 4 changes taken over").waitFor();
  await added.getByRole("button", { name: "Take all over" }).click();
  await page.getByText("2 of 4 changes taken over").waitFor();
  await accessible(page, "the comparison with a newer release");

  await bringIn(page);
  await page.getByText("2 of 4 changes taken over").waitFor();
  const after = await exported(page);
  assert.deepEqual(words(after), [
    ["T1", "Turn parts", "2026"],
    ["T1.1", "Set up a CNC lathe", "2026"],
    ["T1.2", "Know cutting speeds", "2025"],
    ["T1.3", "Read a drawing on paper", "2025"],
    ["T1.4", "Measure a part in the machine", "2026"],
  ]);
  assert.equal(JSON.parse(after.bytes).links.length, 3, "a link of the weave was lost");

  await page.getByRole("button", { name: /^Undo/ }).first().click();
  const undone = await exported(page);
  assert.ok(before.bytes.equals(undone.bytes), "undo left something behind");
});

weft("what is gone is removed when asked, and comes back with its links", async ({ page }) => {
  await holding(page);
  const before = await exported(page);
  await compare(page, second);
  await choice(page, "T1.3", "Remove").click();
  await page.getByText("4 of 4 changes taken over").waitFor();
  await bringIn(page);
  const after = await exported(page);
  assert.equal(words(after).some(([code]) => code === "T1.3"), false);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  assert.ok(before.bytes.equals((await exported(page)).bytes), "undo left something behind");
});

weft("the same release once more says that nothing has changed", async ({ page }) => {
  await holding(page);
  await compare(page, first);
  await page.getByText(/Nothing has changed since release 2025/).waitFor();
  await soon.equal(() => page.locator(".release-line").count(), 0);
  await soon.equal(() => page.getByRole("button", { name: "Bring it in" }).getAttribute("aria-disabled"), "true");
  await accessible(page, "a release without changes");
});

weft("a release that its file does not name is called as the person says", async ({ page }) => {
  const file = (words) => csv("craft.csv", `Identifier,fullStatement,Human Coding Scheme,Is Child Of\n${uuid(1)},${words},A,\n`);
  const call = async (name) => {
    await page.getByLabel("Release", { exact: true }).fill(name);
    await page.keyboard.press("Enter");
  };
  await planForTables(page);
  await chooseFiles(page, file("Turn parts"));
  await page.locator(".import-amounts").waitFor();
  await call("2025");
  // It is worked out anew before it can be brought in.
  await page.locator(".import-foot .button.primary:not([aria-disabled])").waitFor();
  await bringIn(page);
  await compare(page, file("Turn steel parts"));
  await page.getByRole("heading", { name: "What the newer file changes" }).waitFor();
  await choice(page, "A", "Keep").click();
  await call("2026");
  await page.getByRole("heading", { name: "What release 2026 changes" }).waitFor();
  await page.getByText(/The plan holds release 2025/).waitFor();
  // What was decided before stays decided.
  await soon.equal(() => choice(page, "A", "Keep").getAttribute("aria-checked"), "true");
  await choice(page, "A", "Take over").click();
  await bringIn(page);
  assert.deepEqual(words(await exported(page)), [["A", "Turn steel parts", "2026"]]);
});

weft("what the partners have reworded is theirs until they say otherwise", async ({ page }) => {
  await holding(page);
  const { bytes } = await exported(page);
  const plan = JSON.parse(bytes);
  plan.job_items.find(({ code }) => code === "T1.1").statement.en = "Set up our own lathe";
  await goTo(page, "import");
  await page.locator(".import-drop").waitFor();
  await chooseFiles(page, { name: "plan.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(plan)) });
  await page.locator(".import-amounts").waitFor();
  await bringIn(page);
  await compare(page, second);
  await line(page, "T1.1").getByText("Changed by the partners and by the source").waitFor();
  await soon.deepEqual(() => line(page, "T1.1").locator(".release-sides dd").allTextContents(), [
    "Set up a lathe",
    "Set up our own lathe",
    "Set up a CNC lathe",
  ]);
  await soon.equal(() => choice(page, "T1.1", "Keep").getAttribute("aria-checked"), "true");
  await picture(page, "release-both");
});

for (const [look, options] of Object.entries({
  "English, light, desktop": {},
  "Chinese, dark, phone": { colorScheme: "dark", viewport: screens.phone, hasTouch: true, isMobile: true },
})) {
  weft(`the comparison is accessible: ${look}`, options, async ({ page }) => {
    await holding(page);
    if (look.startsWith("Chinese")) {
      await saved(page);
      await page.evaluate(() => localStorage.setItem("weft.language", "zh-CN"));
      await page.reload();
      await ready(page);
    }
    await compare(page, second);
    await accessible(page, look);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false, "the page scrolls sideways");
    await picture(page, `release-${look.replaceAll(/\W+/g, "-").toLowerCase()}`);
    await page.locator(".release-line").last().scrollIntoViewIfNeeded();
    await picture(page, `release-end-${look.replaceAll(/\W+/g, "-").toLowerCase()}`);
  });
}
