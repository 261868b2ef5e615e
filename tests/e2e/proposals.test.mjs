// Proposals: what another party owns is proposed, and its owner decides.

import { picture, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

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
  await works.locator(".toast").getByText(`Proposed to ${SCHOOL}:`).waitFor();
  await works.waitForFunction(() => document.querySelector(".panel [id]") !== null);
  await soon.equal(() => field(works).inputValue(), "96", "the field shows what stands");
  await works.locator(".toast").getByRole("button", { name: "Add the reason" }).click();
  await works.getByRole("dialog").getByLabel("Reason").fill("The new drawings take longer");
  await works.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await hours(works, plan, "ZJ02", "60");
  await hours(works, plan, "ZJ03", "70");
  await proposals(works, plan);
  await soon.equal(() => works.getByText(`Waits for ${SCHOOL}`).count(), 3);

  await hours(page, plan, "ZJ02", "50");
  await pass(works, page, plan);
  await page.locator(".rail .rail-item").filter({ hasText: "Review" }).getByText("3", { exact: true }).waitFor();
  await page.locator(".to-decide").getByText("3 proposals to decide").waitFor();
  await proposals(page, plan);
  await proposal(page, "ZJ01").getByText("The new drawings take longer").waitFor();
  const moved = proposal(page, "ZJ02");
  await moved.getByText("It was changed after the proposal was made.").waitFor();
  await soon.match(() => moved.locator(".three-way").innerText(), /Before\s+48\s+Now\s+50\s+Proposed\s+60/);
  await accessible(page, "proposals");
  await picture(page, "review-proposals");
  await proposal(page, "ZJ01").getByRole("button", { name: "Accept" }).click();
  await proposal(page, "ZJ01").getByText("Accepted").waitFor();
  await soon.equal(() => page.evaluate(() => document.activeElement === document.body), false, "the focus has not fallen out");
  await moved.getByRole("button", { name: "Reject" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reject" }).click();
  await page.getByRole("dialog").getByText("Say why: whoever proposed it reads it here.").waitFor();
  await page.getByRole("dialog").getByLabel("Reason").fill("We have just raised it");
  await page.getByRole("dialog").getByRole("button", { name: "Reject" }).click();
  await proposal(page, "ZJ03").getByRole("button", { name: "Counter" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Counter" }).click();
  await page.getByText("That is what is proposed").waitFor();
  const other = page.getByRole("dialog").getByLabel("Your value");
  await other.fill("many");
  await page.getByRole("dialog").getByRole("button", { name: "Counter" }).click();
  await page.getByText("Enter a value that fits here.").waitFor();
  await other.fill("66");
  await page.getByRole("dialog").getByRole("button", { name: "Counter" }).click();
  await page.getByText(`Waits for ${WORKS}`).waitFor();

  await pass(page, works, plan);
  await proposals(works, plan);
  await proposal(works, "ZJ02").getByText("We have just raised it").waitFor();
  const counter = works.locator(".proposal:not(.is-settled)");
  await soon.match(() => counter.innerText(), /ZJ03[\s\S]*Proposed\s+66/);
  await counter.getByRole("button", { name: "Accept" }).click();
  await saved(works);
  await pass(works, page, plan);
  for (const [module, value] of [["ZJ01", "120"], ["ZJ02", "50"], ["ZJ03", "66"]]) {
    await goTo(page, plan, "modules");
    await card(page, module).click();
    await soon.equal(() => field(page).inputValue(), value, module);
  }
});

weft("a choice is countered by choosing another one", async ({ page, watch }) => {
  const plan = await openPlan(page, owned());
  await introduce(page, "Lin Jing", SCHOOL);
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  const exam = (page) => page.locator(".panel").getByLabel("Examination", { exact: true });
  await goTo(works, plan, "modules");
  await card(works, "ZJ02").click();
  const [before, proposed, countered] = await exam(works).evaluate((select) => {
    const others = [...select.options].map((it) => it.value).filter((it) => it && it !== select.value);
    return [select.value, others[0], others[1] ?? select.value];
  });
  await exam(works).selectOption(proposed);
  await works.locator(".toast").getByText(`Proposed to ${SCHOOL}:`).waitFor();
  await soon.equal(() => exam(works).inputValue(), before, "the field shows what stands");
  await saved(works);
  await pass(works, page, plan);
  await proposals(page, plan);
  await proposal(page, "ZJ02").getByRole("button", { name: "Counter" }).click();
  const value = page.getByRole("dialog").getByLabel("Your value");
  await soon.equal(() => value.inputValue(), proposed, "it begins as what is proposed");
  await page.getByRole("dialog").getByRole("button", { name: "Counter" }).click();
  await page.getByRole("dialog").getByText("That is what is proposed").waitFor();
  await value.selectOption(countered);
  await picture(page, "proposal-counter");
  await page.getByRole("dialog").getByRole("button", { name: "Counter" }).click();
  await page.getByText(`Waits for ${WORKS}`).waitFor();
  await pass(page, works, plan);
  await proposals(works, plan);
  await works.locator(".proposal:not(.is-settled)").getByRole("button", { name: "Accept" }).click();
  await saved(works);
  await goTo(works, plan, "modules");
  await card(works, "ZJ02").click();
  await soon.equal(() => exam(works).inputValue(), countered);
});

weft("who has not said for whom they work proposes what a partner owns, and is told how to change that", async ({ page, watch }) => {
  const plan = await openPlan(page, owned());
  await introduce(page, "Lin Jing", SCHOOL);
  await hours(page, plan, "ZJ01", "90");
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await hours(works, plan, "ZJ01", "120");
  await works.locator(".toast").getByText(`Proposed to ${SCHOOL}:`).waitFor();
  await soon.equal(() => field(works).inputValue(), "90");
  const word = works.locator(".toast").filter({ hasText: "You have not said for whom you work" });
  await picture(works, "guest");
  await word.getByRole("button", { name: "Say who you are" }).click();
  const dialog = works.getByRole("dialog", { name: "Who you are" });
  await dialog.getByLabel("In this plan I speak for").selectOption({ label: SCHOOL });
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await hours(works, plan, "ZJ01", "100");
  await soon.equal(() => field(works).inputValue(), "100", "it is theirs as well");
});

weft("a plan that is set to free editing asks nobody", async ({ page }) => {
  const plan = await openPlan(page, owned());
  await introduce(page, "Ding Hui", WORKS);
  await proposals(page, plan);
  await page.getByLabel("Edit freely in this plan, without proposals").check();
  await saved(page);
  await hours(page, plan, "ZJ01", "120");
  await soon.equal(() => field(page).inputValue(), "120");
  await proposals(page, plan);
  await page.getByText("No proposals").waitFor();
});

const here = (page) => page.locator(".panel .item-proposals");
const toast = (page, text) => page.locator(".toast").getByText(text);

weft("what one person owns is proposed to them, shown at the module, and answered there", async ({ page, watch }) => {
  const plan = owned();
  const lin = plan.people.find((person) => person.name.en === "Lin Jing").id;
  plan.modules.find((module) => module.code === "ZJ01").owner_person = lin;
  const address = await openPlan(page, plan);
  await introduce(page, "Zhou Mingyuan", SCHOOL);
  await hours(page, address, "ZJ01", "120");
  await toast(page, "Proposed to Lin Jing:").waitFor();
  await soon.equal(() => field(page).inputValue(), "96");
  await here(page).getByText("1 proposal", { exact: true }).waitFor();
  await here(page).getByText("Waits for Lin Jing").waitFor();
  await soon.equal(() => here(page).getByRole("button", { name: "Accept" }).count(), 0);
  await hours(page, address, "ZJ02", "60");
  await soon.equal(() => field(page).inputValue(), "60", "what the party owns its people edit");

  const lins = await device(watch);
  await received(lins, await sent(page, address));
  await arrived(lins);
  await introduce(lins, "Lin Jing", SCHOOL);
  await goTo(lins, address, "modules");
  await card(lins, "ZJ01").click();
  await here(lins).locator(".three-way").getByText("120").waitFor();
  await accessible(lins, "a proposal at a module");
  await picture(lins, "proposal-at-item");
  await here(lins).getByRole("button", { name: "Accept" }).click();
  await here(lins).waitFor({ state: "detached" });
  await soon.equal(() => field(lins).inputValue(), "120");
  await lins.locator("body").press("Control+z");
  await here(lins).waitFor();
  await soon.equal(() => field(lins).inputValue(), "96");
  await here(lins).getByRole("link", { name: "All in Review" }).click();
  await lins.getByRole("tab", { name: /^Proposals/, selected: true }).waitFor();
});

weft("all that wait are accepted in one act, which one undo takes back", async ({ page, watch }) => {
  const plan = await openPlan(page, owned());
  await introduce(page, "Ding Hui", WORKS);
  for (const module of ["ZJ01", "ZJ02"]) await hours(page, plan, module, "130");
  const school = await device(watch);
  await received(school, await sent(page, plan));
  await arrived(school);
  await introduce(school, "Lin Jing", SCHOOL);
  await proposals(school, plan);
  await school.getByRole("button", { name: "Accept all 2 that wait for you" }).click();
  await school.locator(".proposal.is-settled").nth(1).waitFor();
  await saved(school);
  await school.locator("body").press("Control+z");
  await school.locator(".proposal.is-settled").first().waitFor({ state: "detached" });
  await school.getByRole("button", { name: "Accept all 2 that wait for you" }).waitFor();
});

weft("on a phone, in Chinese and in the dark, a proposal is answered at its module", { viewport: { width: 390, height: 844 }, locale: "zh-CN", colorScheme: "dark" }, async ({ page }) => {
  const plan = owned();
  const module = plan.modules.find((module) => module.code === "ZJ01");
  plan.proposals = [
    {
      id: "0000000000abc",
      target: `value modules/${module.id} total_hours`,
      base: String(module.total_hours * 2),
      proposed: "240",
      author: "0000000000xyz",
      at: 1,
      status: "open",
      reason: { "zh-CN": "新图纸需要更多课时" },
    },
  ];
  const address = await openPlan(page, plan);
  await page.goto(`${address}/modules/${module.id}`);
  await here(page).getByText("1 项提议", { exact: true }).waitFor();
  await here(page).getByText("新图纸需要更多课时").waitFor();
  await accessible(page, "a proposal at a module, phone");
  await picture(page, "proposal-at-item-phone-zh-dark");
  await here(page).getByRole("button", { name: "采纳", exact: true }).click();
  await here(page).waitFor({ state: "detached" });
});

weft("an expert who speaks for no party is not asked to accept what they proposed", async ({ page }) => {
  const address = await openPlan(page, example());
  await introduce(page, "Ding Hui");
  await goTo(page, address, "review/tasks");
  await page.locator(".walk").getByRole("button", { name: /Outdated/ }).click();
  await page.getByText("Suggest other words").click();
  await page.getByLabel("As it should read").fill("Set up a five-axis machine");
  await page.getByRole("button", { name: "Propose", exact: true }).click();
  await page.locator(".suggested").filter({ hasText: "five-axis" }).waitFor();
  await saved(page);
  await proposals(page, address);
  await page.getByText("Set up a five-axis machine").waitFor();
  await soon.equal(() => page.getByRole("button", { name: "Accept" }).count(), 0);
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.locator(".proposal").getByText("Withdrawn").waitFor();
});

weft("a text that somebody else owns is proposed once, whole, however slowly it is typed, and a later one takes its place", async ({ page, watch }) => {
  const plan = await openPlan(page, owned());
  await introduce(page, "Lin Jing", SCHOOL);
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  await goTo(works, plan, "modules");
  await card(works, "ZJ01").click();
  const title = works.locator(".panel .item-title textarea");
  const stands = await title.inputValue();
  await title.press("End");
  await works.keyboard.type(" with");
  // Longer than a pause, after which what one owns oneself is kept.
  await works.waitForTimeout(1_200);
  await works.keyboard.type(" care");
  await soon.equal(() => title.inputValue(), `${stands} with care`);
  await works.keyboard.press("Enter");
  await works.locator(".toast").getByText(`Proposed to ${SCHOOL}:`).waitFor();
  await soon.equal(() => title.inputValue(), stands, "the field shows what stands");
  await title.press("End");
  await works.keyboard.type(" and patience");
  await title.blur();
  await saved(works);
  await hours(works, plan, "ZJ02", "60");
  await hours(works, plan, "ZJ02", "60");
  await works.locator(".toast").getByText("You have proposed just this already.").waitFor();

  await pass(works, page, plan);
  await page.locator(".to-decide").getByText("2 proposals to decide").waitFor();
  await proposals(page, plan);
  await proposal(page, `${stands} and patience`).waitFor();
  await page.getByRole("button", { name: "Accept all 2 that wait for you" }).click();
  await soon.equal(() => page.locator(".proposal").getByText("Accepted", { exact: true }).count(), 2);
  await proposal(page, `${stands} with care`).getByText("Withdrawn").waitFor();
  await goTo(page, plan, "modules");
  await card(page, "ZJ01").getByText(`${stands} and patience`).waitFor();
});

weft("a proposal about one of several says which", async ({ page }) => {
  const plan = await openPlan(page, owned());
  await introduce(page, "Ding Hui", WORKS);
  await goTo(page, plan, "modules");
  await card(page, "ZJ01").click();
  const panel = page.locator(".panel");
  await panel.getByRole("group", { name: "Prerequisites" }).getByRole("combobox").fill("ZJ02");
  await page.getByRole("option").filter({ hasText: "ZJ02" }).first().click();
  await saved(page);
  await proposals(page, plan);
  await page.locator(".proposal").getByText(/^Prerequisites: ZJ02/).waitFor();
});
