import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { type Child, run, startChild } from "./child.ts";
import { bin } from "./product.ts";

/** A bridge as its users run it: a process of its own, with a file of its own, on a port of loopback. */
export interface BridgeProcess {
  readonly url: string;
  /** Its file. */
  readonly db: string;
  /** The lines that it prints to be pasted, by transport. */
  readonly connect: Readonly<Record<TransportName, string>>;
  /** The command that serves the same file over stdin and stdout. */
  readonly stdio: { readonly command: string; readonly args: string[]; readonly env: Record<string, string> };
  /** `kill -9`, unless another signal is named. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again, on the same port and file. */
  start(): Promise<void>;
  /** Runs a command where the bridge runs, and answers with what it printed. */
  run(...args: readonly string[]): Promise<string>;
  /** Sends a message over HTTP and answers with its id. */
  send(channel: string, content: string): Promise<string>;
  /** How many calls of `bridge_wait` are open now. */
  openWaits(): Promise<number>;
}

export const transportNames = ["http", "sse", "stdio"] as const;
export type TransportName = (typeof transportNames)[number];

export interface BridgeOptions {
  readonly token?: string;
}

/** What a bridge prints when it starts with `--json`, as far as the tests need it. */
const startLine = z.looseObject({
  urls: z.looseObject({ status: z.string() }),
  connect: z.looseObject({ http: z.string(), sse: z.string(), stdio: z.string() }),
});

export async function readStartLine({ lines }: Child): Promise<Pick<BridgeProcess, "url" | "connect">> {
  const { urls, connect } = startLine.parse(JSON.parse(await lines.first("line that tells the URLs", () => true)));
  return { url: new URL("/", urls.status).origin, connect };
}

const sent = z.looseObject({ id: z.string() });
const state = z.looseObject({ open_waits: z.int() });

export async function startBridge({ token }: BridgeOptions = {}): Promise<BridgeProcess> {
  const folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const db = join(folder, "bridge.db");
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };

  const env = cleanEnv(folder);
  const launch = async (port: string) => {
    const args = [bin, "--port", port, "--db", db, "--json", ...(token === undefined ? [] : ["--auth-token", token])];
    const child = startChild({ file: process.execPath, args, cwd: folder, env });
    return { child, ...(await readStartLine(child)) };
  };

  const { child: first, url, connect } = await launch("0");
  let child: Child = first;
  return {
    url,
    db,
    connect,
    stdio: { command: process.execPath, args: [bin, "--stdio", "--db", db], env },
    async kill(signal: NodeJS.Signals = "SIGKILL") {
      await child.kill(signal);
    },
    async start() {
      ({ child } = await launch(new URL(url).port));
    },
    async run(...args) {
      const { code, stdout, stderr } = await run({ file: process.execPath, args: [bin, ...args], cwd: folder, env });
      if (code !== 0) throw new Error(`${args.join(" ")}: ${stdout}${stderr}`);
      return stdout;
    },
    async send(channel, content) {
      const headers = { "content-type": "application/json", ...authorization };
      const body = JSON.stringify({ channel, sender: "script", content });
      const response = await fetch(`${url}/api/send`, { method: "POST", headers, body });
      if (!response.ok) throw new Error(`POST /api/send: ${response.status} ${await response.text()}`);
      return sent.parse(await response.json()).id;
    },
    async openWaits() {
      const response = await fetch(`${url}/api/state`, { headers: authorization });
      return state.parse(await response.json()).open_waits;
    },
  };
}

/** Without whatever the person who runs the tests has set for a bridge of their own. */
const cleanEnv = (home: string) => ({ PATH: process.env["PATH"] ?? "", HOME: home });
