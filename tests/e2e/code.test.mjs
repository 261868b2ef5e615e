// The code of a link, read back: from a picture as it is, from something like a
// photo, pasted, dropped, and through a camera that shows a film made here.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { flags, open, picture, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { arrived, device, link } from "./support/partners.mjs";
import { goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const small = () => ({ format: "weft-plan", version: 1, about: { title: { en: "Turning" } }, modules: [{ title: { en: "Lathes" }, code: "M1" }] });

/** The code that Export shows, as a picture of the screen. */
async function code(page, plan, passphrase = "") {
  await link(page, plan, passphrase);
  return page.locator(".link-code").screenshot();
}

/** A picture of some size with another one in it: turned, larger or smaller, grey. */
async function photo(page, png, { width = 900, height = 700, turn = 0, side = 420, words = "" } = {}) {
  const blank = await page.context().newPage();
  await blank.setViewportSize({ width, height });
  const image = png ? `<img src="data:image/png;base64,${png.toString("base64")}" style="width:${side}px;transform:rotate(${turn}deg);filter:brightness(.8) blur(.4px);image-rendering:pixelated">` : words;
  await blank.setContent(`<body style="margin:0;height:100vh;display:grid;place-items:center;background:#b9b4a8">${image}</body>`);
  const made = await blank.screenshot();
  await blank.close();
  return made;
}

/** A code that another program drew: https://example.org/. */
const FOREIGN =
  "iVBORw0KGgoAAAANSUhEUgAAACEAAAAhAQAAAAB/n//CAAAAl0lEQVR42mP4DwQNDJjkB8E97A0M36+bfm9g+BLxVRxIxqmCyNhSIPn99lyg+AfREKCa/7+OA9X/Pm79vIHh09cm/gaGzxxtyxsYPn4K2Q5U49UCVPnx7bL3DQzfxH3UGxi+lvyYDiTvCcQD9X7+Xg9UI3K1HGjmzfZykF0O7iBbLgJN+xLVD1T5/coioPgHGdPt2NwJJgHnmW9t9DcMTwAAAABJRU5ErkJggg==";

const dialog = (page) => page.getByRole("dialog", { name: "Read a code" });

async function begin(page) {
  await open(page, `${url}#/`);
  await page.getByRole("button", { name: "Read a code" }).click();
  await dialog(page).getByRole("button", { name: "Choose a picture…" }).waitFor();
}

async function choose(page, buffer, name = "code.png") {
  const chooser = page.waitForEvent("filechooser");
  await dialog(page).getByRole("button", { name: "Choose a picture…" }).click();
  await (await chooser).setFiles({ name, mimeType: "image/png", buffer });
}

const lathes = async (page) => {
  await arrived(page);
  await goTo(page, page.url().replace(/\/overview.*/, ""), "modules");
  await page.getByText("Lathes").first().waitFor();
};

weft("the code that is shown is read back: as it is, turned like a photo, pasted and dropped", async ({ page, watch }) => {
  const plan = await openPlan(page, small());
  const shot = await code(page, plan);
  const turned = await photo(page, shot, { turn: 23, side: 560 });
  const other = await device(watch);
  await begin(other);
  await accessible(other, "reading a code");
  await picture(other, "read-code");
  for (const [bad, words] of [
    [await photo(page, null, { words: "<h1>Nothing to see</h1>" }), "There is no code in this picture"],
    [Buffer.from("this is no picture"), "cannot show this file as a picture"],
  ]) {
    await choose(other, bad);
    await dialog(other).getByText(words).waitFor();
  }
  await choose(other, turned);
  await lathes(other);
  // The same plan again: nothing new in it. Pasted on Home, without the dialog.
  await open(other, `${url}#/`);
  await other.locator(".home-plans tbody tr").first().waitFor();
  const give = (event, target, bytes) =>
    other.evaluate(([event, target, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], "shot.png", { type: "image/png" }));
      const init = { bubbles: true, cancelable: true };
      const made = event === "paste" ? new ClipboardEvent("paste", { ...init, clipboardData: data }) : new DragEvent("drop", { ...init, dataTransfer: data });
      document.querySelector(target).dispatchEvent(made);
    }, [event, target, [...bytes]]);
  for (const event of ["paste", "drop"]) {
    await give(event, "body", shot);
    // The words of the first may still be there when the second says them.
    await other.getByText("It holds nothing new.").last().waitFor();
    await arrived(other);
    await open(other, `${url}#/`);
    await other.locator(".home-plans tbody tr").first().waitFor();
  }
  await begin(other);
  await give("paste", "dialog[open]", shot);
  await arrived(other);
});

weft("a locked code asks for its passphrase, and a foreign one is told", async ({ page, watch }) => {
  const plan = await openPlan(page, small());
  const shot = await code(page, plan, "warp and weft");
  const other = await device(watch);
  await begin(other);
  await choose(other, shot);
  const locked = other.getByRole("dialog", { name: "This link has a passphrase" });
  await locked.getByLabel("Passphrase").fill("warp and weft");
  await locked.getByRole("button", { name: "Open" }).click();
  await lathes(other);
  await begin(other);
  const foreign = Buffer.from(FOREIGN, "base64");
  await choose(other, await photo(page, foreign, { side: 420 }));
  await dialog(other).getByText("This code holds no plan. It reads: https://example.org/").waitFor();
});

weft("where there is no camera, or it is not permitted, that is said", async ({ page, context }) => {
  await begin(page);
  await context.grantPermissions(["camera"]);
  await dialog(page).getByRole("button", { name: "Use the camera" }).click();
  await dialog(page).getByText("This device has no camera").waitFor();
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await dialog(page).getByRole("button", { name: "Use the camera" }).click();
  await dialog(page).getByText("The camera was not permitted").waitFor();
  await page.evaluate(() => Object.defineProperty(navigator, "mediaDevices", { value: undefined }));
  await dialog(page).getByRole("button", { name: "Use the camera" }).click();
  await dialog(page).getByText("lets no page use a camera at this address").waitFor();
});

/** A film of one picture, as Chromium's false camera plays it. */
async function film(page, png) {
  const blank = await page.context().newPage();
  const grey = await blank.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, 640, 480);
    const { data } = context.getImageData(0, 0, 640, 480);
    return Array.from({ length: 640 * 480 }, (_, at) => data[at * 4]);
  }, png.toString("base64"));
  await blank.close();
  const frame = Buffer.concat([Buffer.from("FRAME\n"), Buffer.from(grey), Buffer.alloc(320 * 240 * 2, 128)]);
  const path = join(mkdtempSync(join(tmpdir(), "weft-film-")), "film.y4m");
  writeFileSync(path, Buffer.concat([Buffer.from("YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420\n"), frame, frame, frame]));
  return path;
}

weft("the camera reads a code that is held before it, and goes out with the dialog", async ({ page, watch }) => {
  const plan = await openPlan(page, small());
  const shown = await photo(page, await code(page, plan), { width: 640, height: 480, turn: 8, side: 400 });
  const camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${await film(page, shown)}`];
  const seeing = await chromium.launch({ executablePath: process.env.WEFT_CHROMIUM, args: [...flags, ...camera] });
  try {
    const other = await (await seeing.newContext({ locale: "en-GB" })).newPage();
    watch(other);
    await other.addInitScript(() => {
      window.tracks = [];
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wishes) => {
        const stream = await ask(wishes);
        window.tracks.push(...stream.getTracks());
        return stream;
      };
    });
    await begin(other);
    await dialog(other).getByRole("button", { name: "Use the camera" }).click();
    await arrived(other);
    await soon.deepEqual(() => other.evaluate(() => window.tracks.map((it) => it.readyState)), ["ended"]);
  } finally {
    await seeing.close();
  }
});

