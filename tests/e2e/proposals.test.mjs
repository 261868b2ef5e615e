// Proposals: what another party owns is proposed, and its owner decides.

import assert from "node:assert/strict";
import { picture, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const WORKS = "Haiheng Precision Machinery Co., Ltd. (invented)";
const card = (page, code) => page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) });
const proposal = (page, text) => page.locator(".proposal").filter({ hasText: text });
const field = (page) => page.locator(".panel").getByLabel("Hours").first();

/** The example, with the modules in the school's hands. */
function owned() {
  const plan = example();
  const school = plan.parties.find((party) => party.kind === "school").id;
  for (const module of plan.modules) module.owner = school;
  return plan;
}

async function hours(page, plan, module, value) {
  await goTo(page, plan, "modules");
  await card(page, module).click();
  await field(page).fill(value);
  await field(page).press("Enter");
  await saved(page);
}

async function proposals(page, plan) {
  await goTo(page, plan, "review");
  await page.getByRole("tab", { name: /^Proposals/ }).click();
}

async function pass(from, to, plan) {
  await received(to, await sent(from, plan));
  await met(to).getByRole("button", { name: "Merge" }).click();
  await arrived(to);
}

weft("an enterprise proposes, the school accepts, rejects and counters, and each answer comes back", async ({ page, watch }) => {
  const plan = await openPlan(page, owned());
  await introduce(page, "Lin Jing", SCHOOL);
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  await hours(works, plan, "ZJ01", "120");
  await works.locator(".toast").getByText(`Proposed to ${SCHOOL}.`).waitFor();
  await works.waitForFunction(() => document.querySelector(".panel [id]") !== null);
  assert.equal(await field(works).inputValue(), "96", "the field shows what stands");
  await works.locator(".toast").getByRole("button", { name: "Add the reason" }).click();
  await works.getByRole("dialog").getByLabel("Reason").fill("The new drawings take longer");
  await works.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await hours(works, plan, "ZJ02", "60");
  await hours(works, plan, "ZJ03", "70");
  await proposals(works, plan);
  assert.equal(await works.getByText(`Waits for ${SCHOOL}`).count(), 3);

  await hours(page, plan, "ZJ02", "50");
  await pass(works, page, plan);
  await page.locator(".rail-item").filter({ hasText: "Review" }).getByText("3", { exact: true }).waitFor();
  await page.locator(".to-decide").getByText("3 proposals to decide").waitFor();
  await proposals(page, plan);
  await proposal(page, "ZJ01").getByText("The new drawings take longer").waitFor();
  const moved = proposal(page, "ZJ02");
  await moved.getByText("It was changed after the proposal was made.").waitFor();
  assert.match(await moved.locator(".three-way").innerText(), /Before\s+48\s+Now\s+50\s+Proposed\s+60/);
  await accessible(page, "proposals");
  await picture(page, "review-proposals");
  await proposal(page, "ZJ01").getByRole("button", { name: "Accept" }).click();
  await proposal(page, "ZJ01").getByText("Accepted").waitFor();
  await moved.getByRole("button", { name: "Reject" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("We have just raised it");
  await page.getByRole("dialog").getByRole("button", { name: "Reject" }).click();
  await proposal(page, "ZJ03").getByRole("button", { name: "Counter" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Counter" }).click();
  await page.getByText("Enter a value that fits here.").waitFor();
  await page.getByRole("dialog").getByLabel("Your value").fill("66");
  await page.getByRole("dialog").getByRole("button", { name: "Counter" }).click();
  await page.getByText(`Waits for ${WORKS}`).waitFor();

  await pass(page, works, plan);
  await proposals(works, plan);
  await proposal(works, "ZJ02").getByText("We have just raised it").waitFor();
  const counter = works.locator(".proposal:not(.is-settled)");
  assert.match(await counter.innerText(), /ZJ03[\s\S]*Proposed\s+66/);
  await counter.getByRole("button", { name: "Accept" }).click();
  await saved(works);
  await pass(works, page, plan);
  for (const [module, value] of [["ZJ01", "120"], ["ZJ02", "50"], ["ZJ03", "66"]]) {
    await goTo(page, plan, "modules");
    await card(page, module).click();
    assert.equal(await field(page).inputValue(), value, module);
  }
  await works.context().close();
});

weft("a plan that is set to free editing asks nobody", async ({ page }) => {
  const plan = await openPlan(page, owned());
  await introduce(page, "Ding Hui", WORKS);
  await proposals(page, plan);
  await page.getByLabel("Edit freely in this plan, without proposals").check();
  await saved(page);
  await hours(page, plan, "ZJ01", "120");
  assert.equal(await field(page).inputValue(), "120");
  await proposals(page, plan);
  await page.getByText("No proposals").waitFor();
});
