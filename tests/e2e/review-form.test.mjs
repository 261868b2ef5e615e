// A review form that an expert filled in without Weft: each remark is taken in or
// left out by itself, and undone by itself.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { picture, screens, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { chooseFiles, goTo, openFile, wayOut } from "./support/files.mjs";

const root = new URL("../../", import.meta.url);
const example = {
  name: "cnc-order-class.json",
  mimeType: "application/json",
  buffer: readFileSync(new URL("examples/cnc-order-class.json", root)),
};
const filled = (name) => ({
  name,
  mimeType: "",
  buffer: readFileSync(new URL(`tests/fixtures/review/${name}`, root)),
});

async function forms(page, ...names) {
  await openFile(page, example);
  await goTo(page, "import");
  await page.locator(".import-drop").waitFor();
  await chooseFiles(page, names.map(filled));
  await page.locator(".forms-row").first().waitFor();
}

for (const name of ["filled.xlsx", "filled.docx"]) {
  weft(`what an expert wrote into ${name} is taken in line by line`, async ({ page }) => {
    await forms(page, name);
    const rows = page.locator(".forms-row");
    const count = await rows.count();
    assert.ok(count >= 4, `${count} rows`);
    const first = rows.first();
    await first.getByRole("button", { name: "Take in" }).click();
    // Who works here need not say so; it is asked once.
    await page.getByRole("button", { name: "Go on without" }).click();
    await first.getByText("Stands in the plan").waitFor();
    await page.getByText(`1 of ${count} taken in`).waitFor();
    // Undone by itself.
    await page.locator("#toasts").getByRole("button", { name: "Undo" }).first().click();
    await first.getByRole("button", { name: "Take in" }).waitFor();
    await rows.nth(1).getByRole("button", { name: "Leave out" }).click();
    await page.getByText(`0 of ${count} taken in, 1 left out`).waitFor();
    for (const row of await rows.all()) {
      const take = row.getByRole("button", { name: "Take in" });
      if (!(await take.isVisible())) continue;
      await take.click();
      await row.getByText("Stands in the plan").waitFor();
    }
    await page.getByText(`${count - 1} of ${count} taken in, 1 left out`).waitFor();
    await goTo(page, "review/experts");
    await page.getByText("丁辉").first().waitFor();
    await page.getByRole("tab", { name: /^Proposals/ }).or(page.getByRole("link", { name: /^Proposals/ })).first().click();
    await page.getByText("laser 测量").first().waitFor();
  });
}

weft("a Word file that is no form is refused with what to do", async ({ page }) => {
  await openFile(page, example);
  await goTo(page, "export");
  await wayOut(page, "docx_correspondence");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download Correspondence list (Word)" }).click(),
  ]);
  const buffer = readFileSync(await download.path());
  await goTo(page, "import");
  await page.locator(".import-drop").waitFor();
  await chooseFiles(page, { name: "list.docx", mimeType: "", buffer });
  await page.locator(".import-refusals").getByText("reads review forms that it has made").waitFor();
});

for (const [look, options] of Object.entries({
  "English, light": {},
  "Chinese, dark, phone": { locale: "zh-CN", colorScheme: "dark", viewport: screens.phone, hasTouch: true, isMobile: true },
})) {
  weft(`the list of remarks is accessible: ${look}`, options, async ({ page }) => {
    await forms(page, "filled.xlsx");
    await accessible(page);
    await picture(page, `review-form-${look.replaceAll(/\W+/g, "-").toLowerCase()}`);
  });
}
