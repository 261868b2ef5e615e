// The Weave: spreadsheet keys, the clipboard, the panel, filters, the phone's
// list, and what a screen reader finds.

import assert from "node:assert/strict";
import { picture, screens, url, weft } from "./support/browser.mjs";
import { accessible, accessibleInBothThemes } from "./support/axe.mjs";
import { soon } from "./support/soon.mjs";
import { active, activeName, cell, copied, grid, level, open, paste, toast } from "./support/weave.mjs";

weft("the weave reads as a grid with its heads, levels and counts", async ({ page }) => {
  await open(page);
  await soon.equal(() => grid(page).getAttribute("aria-rowcount"), "5");
  await soon.equal(() => grid(page).getAttribute("aria-colcount"), "6");
  await page.getByRole("columnheader", { name: /^C1 Read part drawings, required: master, reached: master$/ }).waitFor();
  await page.getByRole("columnheader", { name: /^C3 .*not taught, gap$/ }).waitFor();
  await page.getByRole("rowheader", { name: /^T1 M1 Engineering Drawing 48 h$/ }).waitFor();
  await cell(page, 1, 1).waitFor({ state: "attached" });
  assert.equal(
    await cell(page, 1, 1).getAttribute("aria-label"),
    "M1 Engineering Drawing × C1 Read part drawings, master, 3 links, assessed, required: master",
  );
  await page.getByText("4 modules · 5 competencies · 4 links").waitFor();
  await picture(page, "weave");
});

weft("levels are set by letter, by number and by Space, cleared by Delete, and undone one by one", async ({ page }) => {
  await open(page);
  await soon.equal(() => level(page, 3, 3), "none");
  await page.keyboard.press("p");
  await soon.match(() => activeName(page), /practise, required: master, gap$/);
  await page.keyboard.press("3");
  await soon.match(() => activeName(page), /master, required: master$/);
  await page.keyboard.press("Delete");
  await soon.match(() => activeName(page), /, none,/);
  for (const word of ["introduce", "practise", "master", "none"]) {
    await page.keyboard.press("Space");
    await soon.match(() => activeName(page), new RegExp(`, ${word},`));
  }
  await page.keyboard.press("Control+z");
  await soon.match(() => activeName(page), /, master,/);
  for (let back = 0; back < 6; back += 1) await page.keyboard.press("Control+z");
  await soon.match(() => activeName(page), /, none,/);
  await page.keyboard.press("q");
  await toast(page).getByText("“q” is no level of this plan. Levels: I · P · M").waitFor();
});

weft("a cell of several links keeps them all when a level is typed, and says how many Delete removes", async ({ page }) => {
  await open(page);
  assert.match(await active(page, 1, 1), /master, 3 links/);
  await page.keyboard.press("i");
  await soon.match(() => activeName(page), /introduce, 3 links/);
  await toast(page).getByText("The levels of 2 learning units changed with it.").waitFor();
  await page.keyboard.press("Control+z");
  await soon.match(() => activeName(page), /master, 3 links/);
  await page.keyboard.press("Delete");
  await toast(page).getByText("3 links removed (cells: 1).").waitFor();
  await soon.match(() => activeName(page), /, none, assessed/);
  await page.keyboard.press("Control+z");
  await soon.match(() => activeName(page), /master, 3 links/);
});

weft("ranges are selected by Shift, filled down and right, and copied to and from a spreadsheet", async ({ page }) => {
  await open(page);
  await active(page, 3, 3);
  await page.keyboard.press("m");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByText("2 × 2 selected · 1 link · M 1").waitFor();
  await page.keyboard.press("Control+d");
  await page.keyboard.press("Control+r");
  await page.getByText("2 × 2 selected · 4 links · M 4").waitFor();
  assert.deepEqual(await copied(page), [
    "M\tM\nM\tM",
    "<table><tr><td>M</td><td>M</td></tr><tr><td>M</td><td>M</td></tr></table>",
  ]);
  await active(page, 4, 4);
  await paste(page, "i\tZZ\tP\r\nM\t\r\n");
  const said = toast(page).getByText("1 cell set.");
  await said.waitFor();
  await soon.match(() => said.innerText(), /2 cells lie beyond the edge.* 1 cell is no level.*“ZZ”/);
  await soon.equal(() => level(page, 4, 4), "introduce");
  await active(page, 2, 4);
  await paste(page, "x", "<table><tr><td colspan=2>Practise</td></tr><tr><td>熟练</td><td>1</td></tr></table>");
  await soon.equal(() => level(page, 2, 4), "practise");
  await soon.equal(() => level(page, 3, 4), "master");
  await soon.equal(() => level(page, 3, 5), "introduce");
  await page.keyboard.press("Control+z");
  await soon.equal(() => level(page, 2, 4), "none");
});

weft("another tab shows a level at once, and a reload still has it", async ({ page, context }) => {
  const id = await open(page);
  const other = await context.newPage();
  await other.goto(`${url}#/plan/${id}/weave`);
  await grid(other).waitFor();
  await active(page, 4, 5);
  await page.keyboard.press("i");
  await other.getByRole("gridcell", { name: /^M4 .* × C5 .*, introduce/ }).waitFor({ state: "attached" });
  await page.locator(".topbar .save-state.good").waitFor();
  await page.reload();
  await grid(page).waitFor();
  await soon.equal(() => level(page, 4, 5), "introduce");
});

weft("the panel edits the level, units, assessment and note of a cell, by the keyboard", async ({ page }) => {
  const id = await open(page);
  await active(page, 1, 1);
  await page.keyboard.press("F2");
  const panel = page.getByRole("complementary", { name: "Cell" });
  await panel.getByRole("button", { name: "M master" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "M master");
  await panel.getByText("The job requires M, M is reached.").waitFor();
  await panel.getByRole("combobox", { name: "Tolerances" }).selectOption({ label: "none" });
  await panel.getByText("The job requires M. No module goes beyond P.").waitFor();
  await panel.getByRole("checkbox", { name: "Examination" }).uncheck();
  const note = panel.getByRole("textbox", { name: "Note" });
  await note.fill("Two learners to a machine.");
  await note.press("Control+Enter");
  await page.locator(".topbar .save-state.good").waitFor();
  assert.match(page.url(), new RegExp(`#/plan/${id}/weave/`));
  await accessible(page, "the panel of a cell");
  await page.reload();
  await panel.getByText("Two learners to a machine.").or(note).first().waitFor();
  await soon.equal(() => note.inputValue(), "Two learners to a machine.");
  await soon.equal(() => panel.getByRole("checkbox", { name: "Examination" }).isChecked(), false);
  await note.press("Escape");
  await panel.waitFor({ state: "detached" });
  await soon.equal(() => page.evaluate(() => document.activeElement.getAttribute("role")), "grid");
});

weft("filters leave what fits, say how much, and clear again", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /Gaps only/ }).click();
  await page.getByText("4 modules · 4 of 5 competencies").waitFor();
  await page.getByRole("combobox", { name: "Partner" }).selectOption({ label: "Haiheng Machinery" });
  await page.getByText("1 of 4 modules · 4 of 5 competencies").waitFor();
  await page.getByRole("combobox", { name: "Task" }).selectOption({ label: "Turn parts" });
  await page.getByText("1 of 4 modules · 3 of 5 competencies").waitFor();
  await page.getByRole("searchbox").fill("nothing like it");
  await page.getByText("Nothing fits these filters").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await page.getByText("4 modules · 5 competencies").waitFor();
  await page.getByRole("combobox", { name: "Term" }).selectOption({ label: "T2" });
  await page.getByText("2 of 4 modules").waitFor();
});

weft("F8 goes from gap to gap", async ({ page }) => {
  await open(page);
  await active(page, 1, 1);
  for (const col of [2, 3, 4, 5, 2]) {
    await page.keyboard.press("F8");
    await soon.match(() => activeName(page), new RegExp(`× C${col} `));
  }
});

weft("the specification takes strengths of support", async ({ page }) => {
  await open(page);
  await page.getByRole("radio", { name: "Specification" }).click();
  await page.getByText("2 requirements · 4 modules").waitFor();
  await grid(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("h");
  await soon.match(() => activeName(page), /Works safely × M1 Engineering Drawing, High/);
  const sum = () => page.locator(".weave-sum").innerText();
  await soon.match(sum, /^1 × 1 selected · 1 \S+ · H 1$/);
  await page.keyboard.press("Delete");
  await soon.match(() => activeName(page), /, none$/);
  await soon.match(sum, /^1 × 1 selected · 0 \S+$/);
});

weft("Tab passes the grid as one stop, and the focus survives scrolling", async ({ page }) => {
  await open(page, "large");
  await soon.equal(() => grid(page).getAttribute("aria-rowcount"), "1001");
  await soon.equal(() => grid(page).getAttribute("aria-colcount"), "501");
  await grid(page).focus();
  await page.keyboard.press("Control+End");
  const last = await activeName(page);
  assert.match(last, /^M\d+ /);
  await page.locator(".weave-grid").evaluate((element) => element.scrollTo(0, 0));
  await page.waitForTimeout(300);
  await soon.equal(() => page.evaluate(() => document.activeElement.getAttribute("role")), "grid");
  await page.keyboard.press("ArrowLeft");
  await soon.notEqual(() => activeName(page), last);
  const count = await page.evaluate(() => document.querySelectorAll("*").length);
  assert.ok(count <= 1500, `${count} elements`);
  await page.keyboard.press("Tab");
  await soon.equal(() => page.evaluate(() => document.querySelector("[role=grid]").contains(document.activeElement)), false);
});

weft("a phone gets a list instead of a tiny grid", { viewport: screens.phone, hasTouch: true }, async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /M2 Materials/ }).click();
  await page.getByRole("button", { name: /C2 Check blank material/ }).click();
  const panel = page.getByRole("complementary", { name: "Cell" });
  await panel.getByRole("button", { name: "P practise" }).click();
  await panel.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "practise C2 Check blank material" }).waitFor();
  await accessible(page, "the list of the phone");
  await picture(page, "weave-phone");
});

for (const locale of ["en-GB", "zh-CN"]) {
  weft(`the weave is accessible, ${locale}, light and dark`, { locale }, async ({ page }) => {
    await open(page);
    await page.waitForTimeout(300);
    await accessibleInBothThemes(page, "the Weave", `weave-${locale}`);
  });
}

weft("an address leads to a cell, to a competency or to a module", async ({ page }) => {
  const id = await open(page);
  const uid = (number) => number.toString(32).replace(/[a-v]/g, (letter) => "abcdefghjkmnpqrstvwxyz"["abcdefghijklmnopqrstuv".indexOf(letter)]).padStart(13, "0");
  await page.goto(`${url}#/plan/${id}/weave/${uid(33)}`);
  await page.getByText("4 × 1 selected").waitFor();
  await soon.match(() => activeName(page), /^M1 .* × C3 /);
  await page.goto(`${url}#/plan/${id}/weave/${uid(12)}`);
  await page.getByText("1 × 5 selected").waitFor();
  await soon.match(() => activeName(page), /^M2 .* × C1 /);
  await page.goto(`${url}#/plan/${id}/weave/${uid(13)}/${uid(34)}`);
  await page.getByRole("complementary", { name: "Cell" }).getByText("Turn shafts to IT8").waitFor();
  await soon.match(() => activeName(page), /^M3 .* × C4 /);
});

weft("who leaves the Weave right after a key is not taken back to it", async ({ page }) => {
  // A page that is busy hears late that its address has changed: the Weave would
  // put its new cell into the address before that.
  await page.addInitScript(() => {
    addEventListener("hashchange", (event) => {
      if (!globalThis.weftBusy) return;
      event.stopImmediatePropagation();
      setTimeout(() => {
        globalThis.weftBusy = false;
        dispatchEvent(new HashChangeEvent("hashchange"));
      }, 300);
    });
  });
  await open(page);
  await active(page, 1, 1);
  await page.evaluate(() => {
    const leave = () => {
      globalThis.weftBusy = true;
      location.hash = location.hash.replace(/weave.*$/, "overview");
    };
    addEventListener("keyup", leave, { capture: true, once: true });
  });
  await page.keyboard.press("ArrowDown");
  await page.locator(".overview").waitFor();
  assert.match(page.url(), /overview$/);
});
