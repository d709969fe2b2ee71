import { spawn as spawnTerminal } from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { themes } from "../../src/view/tokens.ts";
import { playScene } from "./scene.ts";
import { svgOf } from "./svg.ts";

// Pictures of the terminal UI: the built program in a real terminal, on a bridge where a scene was played.

const root = join(import.meta.dirname, "../..");
const bin = join(root, "bin/claude-bridge.js");
const out = join(root, "docs/pictures");

interface Shot {
  readonly name: string;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly theme?: "ink" | "paper";
  /** What is typed before the picture is taken; `down` stops the bridge. */
  readonly keys: readonly string[];
}

const [down, up, enter, tab] = ["\u{1b}[B", "\u{1b}[A", "\r", "\t"];
const toWorker = [":", "payments:worker", enter];

const shots: readonly Shot[] = [
  {
    name: "feed",
    title: "The feed of a channel with one message open",
    columns: 120,
    rows: 35,
    keys: [...toWorker, up, up, up],
  },
  { name: "full", title: "All messages on a wide screen", columns: 200, rows: 46, keys: [...toWorker, up, up, up] },
  { name: "narrow", title: "The feed on 80 columns", columns: 80, rows: 24, keys: toWorker },
  {
    name: "paper",
    title: "The feed in the paper theme",
    columns: 120,
    rows: 35,
    theme: "paper",
    keys: [...toWorker, up],
  },
  { name: "needs", title: "What needs a person", columns: 120, rows: 28, keys: ["1", down] },
  { name: "wire", title: "Messages between agents over time", columns: 120, rows: 35, keys: [...toWorker, "3"] },
  { name: "machines", title: "Machines and their agents", columns: 120, rows: 24, keys: ["4"] },
  { name: "health", title: "How the bridge is", columns: 120, rows: 24, keys: ["5"] },
  { name: "reply", title: "A reply being written", columns: 120, rows: 30, keys: [...toWorker, up, "r", tab] },
  { name: "palette", title: "The palette", columns: 120, rows: 26, keys: [":", "wo"] },
  { name: "help", title: "The list of keys", columns: 140, rows: 38, keys: ["?"] },
  { name: "away", title: "The bridge is away", columns: 120, rows: 26, keys: [...toWorker, "bridge down"] },
];

/** Twenty seconds pass in each: so a scene of some seconds looks like one of minutes. */
const beginning = Date.UTC(2026, 10, 22, 10, 42, 0);
const faster = `const s=${Date.now()},n=Date.now;Date.now=()=>${beginning}+(n()-s)*20;`;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "claude-bridge-pictures-"));
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    TZ: "UTC",
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(faster)}`,
  };
  const wanted = process.argv.slice(2);
  mkdirSync(out, { recursive: true });
  const relay = spawn(process.execPath, [bin, "--port", "8765", "--db", join(folder, "bridge.db"), "--json"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(relay.stdout, "data")) as [Buffer];
    const { port } = JSON.parse(line.toString()) as { readonly port: number };
    const scene = await playScene(`http://127.0.0.1:${port}`, (ms) => sleep(ms));
    for (const shot of shots) {
      if (wanted.length > 0 && !wanted.includes(shot.name)) continue;
      await take(shot, folder, env, () => relay.kill("SIGSTOP") && relay.kill("SIGKILL"));
    }
    scene.close();
  } finally {
    relay.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Long enough for a frame on a busy machine. */
const settleMs = 700;

async function take(shot: Shot, cwd: string, env: Record<string, string>, stopBridge: () => void): Promise<void> {
  const { columns: cols, rows, theme = "ink", keys, name, title } = shot;
  const screen = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 0 });
  const args = [bin, "tui", "--db", join(cwd, "bridge.db"), "--as", "ada", "--theme", theme];
  const child = spawnTerminal(process.execPath, args, {
    cols,
    rows,
    cwd,
    name: "xterm-256color",
    env: { ...env, COLORTERM: "truecolor" },
  });
  child.onData((data) => screen.write(data));
  await sleep(2_000);
  for (const key of keys) {
    if (key === "bridge down") stopBridge();
    else child.write(key);
    await sleep(settleMs);
  }
  await sleep(settleMs);
  writeFileSync(
    join(out, `tui-${name}.svg`),
    svgOf(screen, { text: themes[theme].text, behind: themes[theme].bg }, title),
  );
  child.kill("SIGKILL");
}

await main();
