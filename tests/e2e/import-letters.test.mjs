// Tables from before Unicode: the letters that they were written in are guessed, and
// can be chosen.

import assert from "node:assert/strict";
import { picture, weft } from "./support/browser.mjs";
import { amounts, bringIn, chooseFiles, exported, planForTables, preview } from "./support/files.mjs";
import { soon } from "./support/soon.mjs";

weft("tables in the letters of Chinese and of Western Windows come in as they read there", async ({ page }) => {
  // 代码,课程名称,学时 / A1,数控车削加工,96 in GB18030, and a German table in Windows-1252.
  const old = [
    ["b4fac2eb2cbfceb3ccc3fbb3c62cd1a7cab10a41312ccafdbfd8b3b5cff7bcd3b9a42c39360a", "gb18030", "数控车削加工"],
    ["636f64653b7469746c653b686f7572730a41313b44726568656e2066fc72206772f6df657265205765726b7374fc636b653b34300a", "windows-1252", "Drehen für größere Werkstücke"],
  ];
  for (const [hex, letters, title] of old) {
    await planForTables(page);
    await chooseFiles(page, { name: "old.csv", mimeType: "text/csv", buffer: Buffer.from(hex, "hex") });
    await page.locator(".import-columns").waitFor();
    await soon.equal(() => page.getByLabel("Encoding", { exact: true }).inputValue(), letters);
    await preview(page);
    await soon.deepEqual(async () => (await amounts(page))["Modules"], [1, 0, 0]);
    await bringIn(page);
    const plan = JSON.parse((await exported(page)).bytes);
    assert.deepEqual(Object.values(plan.modules[0].title), [title]);
  }
});

weft("letters that were guessed wrong are chosen anew, and back", async ({ page }) => {
  // code;title;hours / A1;Heißöl;40 in Windows-1252: two such letters side by side look Chinese.
  const hex = "636f64653b7469746c653b686f7572730a41313b48656" + "9dff66c3b34300a";
  await planForTables(page);
  await chooseFiles(page, { name: "old.csv", mimeType: "text/csv", buffer: Buffer.from(hex, "hex") });
  const letters = page.getByLabel("Encoding", { exact: true });
  const shown = page.locator(".import-columns");
  // A new step takes the focus to its name, a frame after it is there.
  await page.locator("#import-step:focus").waitFor();
  await letters.focus();
  for (const [label, there] of [["gb18030", 0], ["windows-1252", 1], ["gb18030", 0], ["windows-1252", 1]]) {
    await letters.selectOption(label);
    await soon.equal(() => shown.getByText("Heißöl").count(), there);
  }
  await soon.equal(() => letters.evaluate((it) => it === document.activeElement), true, "the field is a new one");
  await picture(page, "import-letters");
  await preview(page);
  await bringIn(page);
  const plan = JSON.parse((await exported(page)).bytes);
  assert.deepEqual(Object.values(plan.modules[0].title), ["Heißöl"]);
});
