// P5: gestures in the open plan. The space bar steps the cell in the middle, a
// held arrow key walks, the view moves diagonally once a frame.

import { countWork, pause, work, workToTheFrame } from "./chromium.mjs";
import { median, number, p95, table, times, whole } from "./figures.mjs";
import { grids, opened, reallyPainted, turned } from "./subjects.mjs";

const STEPS = 6;
const HELD = 20;
const FRAMES = 60;
/** How long after a key its work is counted, in ms. */
const SETTLE = 200;

/** Measures all and gives the section of the report. */
export async function gestures(context, plans, repeats) {
  const sparse = await measure(context, grids("large", `${plans}/large.json`), repeats, true);
  const dense = await measure(context, grids("dense", `${plans}/dense.json`), repeats, false);
  const list = (found) => [...found.entries()];
  const weft = (found) => list(found)[0][1];
  const keyRows = (which) =>
    list(sparse).map(([subject, figures]) => [
      subject.name,
      number(median(figures[which].millis)),
      number(p95(figures[which].millis)),
      times(median(weft(sparse)[which].millis) / median(figures[which].millis)),
      number(median(figures[which].work)),
      number(p95(figures[which].work)),
      ...(which === "toggle" ? [number(median(figures.own)), number(p95(figures.own))] : []),
    ]);
  const scrollRows = (found) =>
    list(found).map(([subject, figures]) => [
      subject.name,
      number(median(figures.frames)),
      number(p95(figures.frames)),
      times(p95(weft(found).frames) / p95(figures.frames)),
      number(median(figures.frameWork)),
      whole(figures.elements),
      whole(figures.most),
    ]);
  const finals = list(sparse).map(([subject, { final }]) => `${subject.name} ${final ? "yes" : "NO"}`);
  const scrollHeads = ["", "frame p50", "p95", "Weft ÷ this", "work", "elements", "most"];
  return `## P5: gestures in the open plan

All in ms. Key → the first task after the frame that follows it; *work* is processor time of script, style and layout, all that the key sets off within ${SETTLE} ms (for a held key: of one step).

Toggle a cell, totals with it (*own* is the page's own script up to that frame, without style, layout and paint):

${table(["", "p50", "p95", "Weft ÷ this", "work p50", "p95", "own p50", "p95"], keyRows("toggle"))}

The frame after the key already shows the final picture: ${finals.join(", ")}.

Held arrow key, 30 a second:

${table(["", "p50", "p95", "Weft ÷ this", "work p50", "p95"], keyRows("held"))}

Diagonal scroll of *large*, 5 % filled (${FRAMES} frames; *work* is of one frame, *elements* at rest, *most* while scrolling):

${table(scrollHeads, scrollRows(sparse))}

Diagonal scroll of a plan of 180 × 250, all cells filled:

${table(scrollHeads, scrollRows(dense))}
`;
}

async function measure(context, subjects, repeats, withKeys) {
  const found = new Map();
  for (const subject of subjects) {
    await subject.seed(context);
    const key = () => ({ millis: [], work: [] });
    found.set(subject, { toggle: key(), held: key(), own: [], frames: [], frameWork: [], most: 0 });
  }
  // One more than asked: the first fills caches, proves the picture and is thrown away.
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    console.log(repeat ? `  repeat ${repeat} of ${repeats}` : "  warming up");
    for (const subject of turned(subjects, repeat)) {
      const { page } = await opened(context, subject);
      await countWork(page);
      await pause(500);
      const kept = repeat > 0;
      const figures = found.get(subject);
      figures.elements = await page.evaluate(() => window.__probe.elements());
      if (!kept) await reallyPainted(page, subject);
      if (withKeys) {
        const { x, y } = await page.evaluate((kind) => window.__probe.kinds[kind].point(), subject.kind);
        await page.mouse.click(x, y);
        await pause(300);
        if (kept) {
          await toggle(page, figures.toggle);
          figures.own.push(...(await ownOfToggles(page)));
          await hold(page, figures.held);
        } else {
          figures.final = await finalAtOnce(page, subject);
        }
      }
      const scrolled = await scroll(page, subject);
      if (kept) {
        figures.frames.push(...scrolled.frames);
        figures.frameWork.push(scrolled.work / FRAMES);
        figures.most = Math.max(figures.most, scrolled.most);
      }
      await page.close();
    }
  }
  return found;
}

/** What the probe has noted since the last time. */
const noted = (page) => page.evaluate(() => window.__probe.keys.splice(0).map(({ millis }) => millis));

async function toggle(page, into) {
  await noted(page);
  for (let step = 0; step < STEPS; step += 1) {
    const before = await work(page);
    await page.keyboard.press("Space");
    await pause(SETTLE);
    into.work.push((await work(page)) - before);
  }
  const millis = await noted(page);
  if (millis.length !== STEPS) throw new Error(`${STEPS} keys were pressed, ${millis.length} seen`);
  into.millis.push(...millis);
}

async function ownOfToggles(page) {
  const quiet = (is) => page.evaluate((is) => void (window.__probe.quiet = is), is);
  await quiet(true);
  const own = await workToTheFrame(page, async () => {
    for (let step = 0; step < STEPS; step += 1) {
      await page.keyboard.press("Space");
      await pause(SETTLE);
    }
  });
  await quiet(false);
  if (own.length !== STEPS) throw new Error(`${STEPS} keys were pressed, ${own.length} traced`);
  return own;
}

async function hold(page, into) {
  const before = await work(page);
  for (let step = 0; step < HELD; step += 1) {
    await page.keyboard.down("ArrowRight"); // from the second on as a repeat
    await pause(33);
  }
  await page.keyboard.up("ArrowRight");
  await pause(SETTLE);
  into.work.push(((await work(page)) - before) / HELD);
  const millis = await noted(page);
  if (millis.length !== HELD) throw new Error(`${HELD} keys were held, ${millis.length} seen`);
  into.millis.push(...millis);
}

/** Whether the picture after the key's own frame is another than before, and the
 * one that stays: totals that come a frame later would show here. */
async function finalAtOnce(page, subject) {
  const ready = page.evaluate(async (kind) => {
    const { kinds, afterFrame } = window.__probe;
    const look = () => kinds[kind].look();
    const before = look();
    const first = await new Promise((done) => {
      addEventListener("keydown", () => void afterFrame().then(() => done(look())), { capture: true, once: true });
    });
    await new Promise((done) => setTimeout(done, 1500));
    return { changed: first !== before, stays: first === look() };
  }, subject.kind);
  await pause(300); // the listener must be there first
  await page.keyboard.press("Space");
  const { changed, stays } = await ready;
  if (!changed && stays) throw new Error(`${subject.name}: the key changed nothing`);
  return changed && stays;
}

async function scroll(page, subject) {
  const where = () => page.evaluate((kind) => window.__probe.kinds[kind].where(), subject.kind);
  const [from, before] = [await where(), await work(page)];
  const scrolled = await page.evaluate(
    ([kind, frames]) => window.__probe.scroll(kind, frames, 31, 27),
    [subject.kind, FRAMES],
  );
  scrolled.work = (await work(page)) - before;
  if ((await where()) === from) throw new Error(`${subject.name} did not scroll`);
  return scrolled;
}
