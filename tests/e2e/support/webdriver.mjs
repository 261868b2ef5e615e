// Firefox and WebKit where the machine has them: Firefox by its own Marionette,
// the protocol that geckodriver would only translate; WebKitGTK by WebKitWebDriver
// on a screen of Xvfb. Just enough of WebDriver to do what a person does in a page.
//
//   const page = await start("firefox"); await page.go("file:///…");

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const folders = ["/usr/bin", "/usr/local/bin", "/snap/bin"];
const program = (...names) =>
  names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));

/** What a test needs of the machine, by engine; the word for what is missing, or none. */
export function missing(engine) {
  if (engine === "firefox") return program("firefox-esr", "firefox") ? undefined : "no Firefox on this machine";
  if (!program("WebKitWebDriver")) return "no WebKitWebDriver on this machine";
  return program("Xvfb") || process.env.DISPLAY ? undefined : "no screen for WebKit on this machine (Xvfb)";
}

/** Starts an engine with an empty profile; gives its one page. */
export const start = (engine) => (engine === "firefox" ? firefox() : webkit());

/** Asks again and again until something comes, and says what was waited for. */
async function until(what, ask, seconds = 60) {
  for (let turn = 0; turn < seconds * 20; turn += 1) {
    const found = await ask();
    if (found) return found;
    await pause(50);
  }
  throw new Error(`waited in vain for ${what}`);
}

async function firefox() {
  const folder = mkdtempSync(join(tmpdir(), "weft-firefox-"));
  const prefs = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": false,
    "datareporting.policy.dataSubmissionEnabled": false,
    "app.update.enabled": false,
    "intl.accept_languages": "en-GB,en",
    "browser.download.folderList": 2,
    "browser.download.dir": folder,
  };
  const lines = Object.entries(prefs).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(join(folder, "user.js"), lines.join("\n"));
  const options = ["--headless", "--marionette", "--no-remote", "--profile", folder, "about:blank"];
  const child = spawn(program("firefox-esr", "firefox"), options, { detached: true, stdio: "ignore" });
  const port = join(folder, "MarionetteActivePort");
  const number = await until("Firefox", () => {
    if (child.exitCode !== null) throw new Error(`Firefox does not start: ${child.exitCode}`);
    return existsSync(port) && Number(readFileSync(port, "utf8"));
  });
  const wire = await marionette(number);
  await wire.call("WebDriver:NewSession", {});
  const keep = (name) => (input) => wire.call(name, input);
  return page({
    go: keep("WebDriver:Navigate"),
    run: keep("WebDriver:ExecuteScript"),
    wait: keep("WebDriver:ExecuteAsyncScript"),
    find: keep("WebDriver:FindElement"),
    click: keep("WebDriver:ElementClick"),
    type: keep("WebDriver:ElementSendKeys"),
    shoot: (input) => wire.call("WebDriver:TakeScreenshot", { ...input, full: false }),
    size: keep("WebDriver:SetWindowRect"),
    print: keep("WebDriver:Print"),
    end: async () => {
      wire.end();
      await stop(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  });
}

/** Marionette: `length:[0,number,command,input]` there, `length:[1,number,error,result]` back. */
async function marionette(port) {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const waiting = new Map();
  let held = Buffer.alloc(0);
  let last = 0;
  socket.on("data", (bytes) => {
    held = Buffer.concat([held, bytes]);
    for (;;) {
      const colon = held.indexOf(":");
      const length = Number(held.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || held.length < colon + 1 + length) return;
      const message = JSON.parse(held.subarray(colon + 1, colon + 1 + length).toString());
      held = held.subarray(colon + 1 + length);
      // The first one is a greeting.
      if (!Array.isArray(message)) continue;
      const [, number, error, result] = message;
      const { done, fail } = waiting.get(number) ?? {};
      waiting.delete(number);
      if (error) fail?.(new Error(`${error.error}: ${error.message}`));
      else done?.(result);
    }
  });
  const call = (command, input) =>
    new Promise((done, fail) => {
      last += 1;
      waiting.set(last, { done, fail });
      const bytes = Buffer.from(JSON.stringify([0, last, command, input]));
      socket.write(Buffer.concat([Buffer.from(`${bytes.length}:`), bytes]));
    });
  return { call, end: () => socket.destroy() };
}

async function webkit() {
  const env = { ...process.env, LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1", LANG: "en_GB.UTF-8", LANGUAGE: "en_GB:en" };
  const children = [];
  if (program("Xvfb")) {
    const screen = spawn(program("Xvfb"), ["-displayfd", "3", "-screen", "0", "1400x900x24", "-nolisten", "tcp"], {
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    children.push(screen);
    const [number] = await once(screen.stdio[3], "data");
    env.DISPLAY = `:${String(number).trim()}`;
  }
  // A home of its own: nothing of the person's is read or kept.
  const folder = mkdtempSync(join(tmpdir(), "weft-webkit-"));
  for (const name of ["HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"]) env[name] = folder;
  const port = await freePort();
  const driver = spawn(program("WebKitWebDriver"), [`--port=${port}`], { detached: true, stdio: "ignore", env });
  children.push(driver);
  const send = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return { value };
  };
  await until("WebKitWebDriver", () => send("GET", "/status").catch(() => undefined));
  const { value } = await send("POST", "/session", { capabilities: { alwaysMatch: {} } });
  const at = `/session/${value.sessionId}`;
  return page({
    go: (input) => send("POST", `${at}/url`, input),
    run: (input) => send("POST", `${at}/execute/sync`, input),
    wait: (input) => send("POST", `${at}/execute/async`, input),
    find: (input) => send("POST", `${at}/element`, input),
    click: ({ id }) => send("POST", `${at}/element/${id}/click`),
    type: ({ id, text }) => send("POST", `${at}/element/${id}/value`, { text }),
    shoot: () => send("GET", `${at}/screenshot`),
    size: (input) => send("POST", `${at}/window/rect`, input),
    end: async () => {
      await send("DELETE", at).catch(() => undefined);
      for (const child of children.reverse()) await stop(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  });
}

async function freePort() {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Ends a program of ours with all that it started. */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
  await gone;
}

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

// Runs in the page: what is seen and says just these words, or else has them among
// others; the last one drawn.
const SEEK = `
  const [css, words] = arguments;
  const said = (it) => [it.innerText, it.getAttribute("aria-label"), it.title].filter(Boolean).map((text) => text.trim());
  const seen = [...document.querySelectorAll(css)].filter((it) => it.getClientRects().length > 0);
  if (!words) return seen.at(-1) ?? null;
  const exact = seen.filter((it) => said(it).includes(words));
  const some = seen.filter((it) => said(it).some((text) => text.includes(words)));
  return exact.at(-1) ?? some.at(-1) ?? null;
`;

// Runs in the page: the field that is labelled so, within an element of a selector.
const FIELD = `
  const [within, label] = arguments;
  for (const it of document.querySelectorAll(within + " label")) {
    const field = it.control;
    if (it.innerText.trim() === label && field && field.getClientRects().length > 0) return field;
  }
  return null;
`;

function page(wire) {
  const run = async (script, ...args) => (await wire.run({ script, args })).value;
  /** The element of this selector that says these words, once it is seen. */
  const seek = async (css, words) => {
    const found = await until(`${css} ${words ?? ""}`, () => run(SEEK, css, words ?? null));
    return { id: found[ELEMENT], again: () => seek(css, words) };
  };
  /** The field that is labelled so. */
  const field = async (within, label) => {
    const found = await until(`the field ${label}`, () => run(FIELD, within, label));
    return { id: found[ELEMENT], again: () => field(within, label) };
  };
  return {
    run,
    seek,
    go: (url) => wire.go({ url }),
    gone: (css) => until(`${css} to go`, async () => !(await run(SEEK, css, null))),
    until: (what, script, ...args) => until(what, () => run(script, ...args)),
    click: async (css, words) => {
      const { id } = await seek(css, words);
      // What lies far down is clicked where it is.
      await run("arguments[0].scrollIntoView({ block: 'center' })", { [ELEMENT]: id });
      await wire.click({ id });
    },
    field,
    /** Types into a field in place of what stands there. */
    fill: async (found, text, { enter = false } = {}) => {
      // Not WebDriver's own clearing, which counts as an edit.
      const enterIt = async ({ id }) => {
        await run("arguments[0].focus(); arguments[0].select()", { [ELEMENT]: id });
        return id;
      };
      // What was drawn anew meanwhile is looked for once more.
      const id = await enterIt(found).catch(async (error) => {
        if (!/stale/.test(String(error))) throw error;
        return enterIt(await found.again());
      });
      await wire.type({ id, text: enter ? `${text}\uE007` : text });
    },
    later: async (script, ...args) => (await wire.wait({ script, args })).value,
    size: (width, height) => wire.size({ x: 0, y: 0, width, height }),
    picture: async () => Buffer.from((await wire.shoot({})).value, "base64"),
    /** What the printer gets, as a PDF. */
    paper: async () => Buffer.from((await wire.print({})).value, "base64"),
    end: wire.end,
  };
}
