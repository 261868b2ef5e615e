// The whole round: three tables become a plan, the plan is edited, closed and
// opened again, leaves as a file, and comes back equal on an empty device.

import assert from "node:assert/strict";
import { anyDevice, ready, screens, weft } from "./support/browser.mjs";
import { amounts, bringIn, chooseFiles, exported, openFile, planForTables, preview, retitle, saved, tables } from "./support/files.mjs";
import { soon } from "./support/soon.mjs";

const curricula = {
  aenderungsschneider: { modules: 10, hours: 600, links: 207 },
  anlagenmechaniker: { modules: 13, hours: 1020, links: 288 },
  aufbereitungsmechaniker: { modules: 16, hours: 1360, links: 352 },
  ausbaufacharbeiter: { modules: 17, hours: 880, links: 226 },
  verfahrensmechaniker: { modules: 14, hours: 940, links: 335 },
};

for (const [name, { modules, hours, links }] of Object.entries(curricula)) {
  weft(`${name} comes in as three tables, is edited, closed, opened, and comes back equal from its file`, async ({ page, context }) => {
    await planForTables(page);
    await chooseFiles(page, tables(name));
    await page.locator(".import-columns").waitFor();
    await preview(page);
    const come = await amounts(page);
    assert.deepEqual(come["Modules"], [modules, 0, 0]);
    assert.deepEqual(come["Links of the weave"], [links, 0, 0]);
    const written = hours.toLocaleString("en");
    await page.locator(".import-check").filter({ hasText: `we read ${written} h` }).waitFor();
    await soon.equal(() => page.locator(".import-tray").count(), 0, "every row is understood");
    await bringIn(page);

    await retitle(page, `Curriculum ${name}`);
    await saved(page);
    const address = page.url();
    await page.close();

    const again = await context.newPage();
    await again.goto(address);
    await ready(again);
    await again.locator(".topbar-name").filter({ hasText: `Curriculum ${name}` }).waitFor();
    const first = await exported(again);
    assert.equal(first.name, `Curriculum ${name}.json`);
    const plan = JSON.parse(first.bytes);
    assert.equal(plan.modules.length, modules);
    assert.equal(plan.links.length, links);
    assert.equal(plan.modules.reduce((sum, module) => sum + module.total_hours, 0), hours);
    await again.close();

    const { page: other } = await anyDevice({ viewport: screens.desktop, locale: "en-GB" });
    await openFile(other, { name: first.name, mimeType: "application/json", buffer: first.bytes });
    const second = await exported(other);
    assert.ok(first.bytes.equals(second.bytes), "the same bytes come out again");
  });
}
