// A Chromium with a profile on the disk that can be killed like a program whose
// machine has no more memory: all of its processes at once, without a word.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";
import { flags } from "./browser.mjs";

/** An empty profile; `remove` takes it off the disk. */
export function profile() {
  const folder = mkdtempSync(join(tmpdir(), "weft-profile-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) };
}

/**
 * Ends the log of each store as one that was killed between the two writes that make
 * an entry: with the head of an entry that never came. Gives how many logs that were.
 *
 * A kill seldom hits that moment. Chromium's store (LevelDB) reads
 * such a log to its end and writes on behind it; the start after that takes for the
 * entry what stands behind its head, finds the sum wrong, and deletes the whole store.
 */
export function tear({ folder }) {
  const stores = join(folder, "Default", "IndexedDB");
  const files = readdirSync(stores, { recursive: true }).filter((name) => /leveldb.\d+\.log$/.test(name));
  // A sum, a length of 456 bytes, and the kind of an entry that is whole.
  for (const name of files) appendFileSync(join(stores, name), Uint8Array.of(1, 2, 3, 4, 200, 1, 1));
  return files.length;
}

/** Whether a process of this group is left. */
function lives(group) {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

/** Starts Chromium on a profile. Gives its one context, and `kill`. */
export async function start({ folder }) {
  const port = join(folder, "DevToolsActivePort");
  // What a killed browser leaves behind would be taken for the new one's.
  rmSync(port, { force: true });
  const options = ["--headless", "--remote-debugging-port=0", `--user-data-dir=${folder}`, ...flags, "about:blank"];
  // The browser as people have it: this is about its store. A group of processes of
  // its own.
  const program = spawn(process.env.WEFT_WHOLE_CHROMIUM, options, { detached: true, stdio: "ignore" });
  const gone = once(program, "exit");
  const kill = async () => {
    if (program.exitCode === null && program.signalCode === null) process.kill(-program.pid, "SIGKILL");
    await gone;
    // On a busy machine the others end later, and the store's lock with them.
    for (let turn = 0; turn < 200 && lives(program.pid); turn += 1) await pause(50);
  };
  try {
    let address;
    for (let turn = 0; !address; turn += 1) {
      if (program.exitCode !== null || turn > 600) throw new Error(`Chromium does not start: ${program.exitCode}`);
      const [number, path] = existsSync(port) ? readFileSync(port, "utf8").split("\n") : [];
      if (path) address = `ws://127.0.0.1:${number}${path}`;
      else await pause(50);
    }
    const browser = await chromium.connectOverCDP(address);
    return { context: browser.contexts()[0], kill };
  } catch (error) {
    await kill();
    throw error;
  }
}
