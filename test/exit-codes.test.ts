import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maxPairMessages } from "../src/core/limits.ts";
import { exitCodes } from "../src/faces/cli/command-error.ts";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp, startCli } from "./support/cli.ts";
import { post } from "./support/face.ts";

/** How commands end: one row for each promise of the table at the end of docs/cli.md. */

let home: BridgeHome;
let url: string;
beforeEach(async () => {
  home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada" } });
  ({ url } = await home.startRelay("--auth-token", "s3cret"));
});
afterEach(cleanUp);

interface Row {
  readonly exit: number;
  readonly because: string;
  readonly args: string;
  readonly error: string;
  /** Commands before it. */
  readonly first?: readonly string[];
}

const rows: readonly Row[] = [
  { exit: 1, because: "it failed", args: "backup copy.db", first: ["backup copy.db"], error: "failure" },
  { exit: 2, because: "an argument is missing", args: "send", error: "usage" },
  { exit: 2, because: "a flag is wrong", args: "token create ci --expires soon", error: "usage" },
  { exit: 3, because: "there is no such message", args: "show 00ff00", error: "not_found" },
  { exit: 3, because: "nothing fits", args: "search nothing-like-this", error: "not_found" },
  { exit: 4, because: "there is no credential", args: "send a:b x --url URL", error: "unauthorized" },
  { exit: 5, because: "no relay runs", args: "ls --db copy.db", first: ["backup copy.db"], error: "unreachable" },
  { exit: 5, because: "nobody answers", args: "ls --url http://127.0.0.1:1", error: "unreachable" },
  { exit: 6, because: "no message came", args: "wait a:b --timeout 1s", error: "timeout" },
  { exit: 6, because: "no answer came", args: "send a:b Anybody? --wait 1s", error: "timeout" },
  { exit: 7, because: "the channel is frozen", args: "send a:b x", first: ["freeze a:b"], error: "frozen" },
  {
    exit: 8,
    because: "the key was used for another text",
    args: "send a:b other --key k",
    first: ["send a:b one --key k"],
    error: "idempotency_conflict",
  },
];

const run = (line: string, ...more: readonly string[]) =>
  home.run(...line.split(" ").map((word) => (word === "URL" ? url : word)), ...more);

describe("a command ends with", () => {
  it.each(["send a:b x", "down --db other.db"])("0 when it is done, or there is nothing to do: %s", async (line) => {
    const { code, stdout } = await run(line, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ v: 1 });
  });

  it.each(rows)("$exit when $because: $args", async ({ exit, args, error, first = [] }) => {
    for (const line of first) expect(await run(line)).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await run(args, "--json");
    expect({ code, stdout }).toEqual({ code: exit, stdout: "" });
    // One object, and in it what to do, where there is something to be done.
    const told = { code: error, message: expect.stringMatching(/^[^\n]+[^.\n]$/) };
    const withoutRemedy = [exitCodes.refused, exitCodes.conflict] as readonly number[];
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    const answer = JSON.parse(stderr) as { readonly error: { readonly fix?: string } };
    expect(answer).toMatchObject({ v: 1, error: told });
    expect(typeof answer.error.fix).toBe(withoutRemedy.includes(exit) ? "undefined" : "string");
  });

  it("7 when what was sent is held back, which is said on stdout: it is stored", async () => {
    const { url: open } = await startOpen();
    for (let turn = 0; turn < maxPairMessages; turn += 1) {
      const [from = "", to] = turn % 2 === 0 ? ["mac/a", "win/b"] : ["win/b", "mac/a"];
      await post(`${open}/api/send`, { channel: "a:b", to, content: `${turn}` }, { "claude-bridge-agent": from });
    }
    const held = await run("send a:b more --to win/b --as mac/a --wait 60s --json", "--db", "open.db");
    expect(held.code).toBe(7);
    expect(JSON.parse(held.stdout)).toMatchObject({ v: 1, receipt: "held", receipts: [{ state: "held" }] });
  });

  it.each(["sub a:b", "wait a:b", "send a:b x --wait 60s", "ask you x --wait 60s"])(
    "130 when Ctrl-C ends it: %s",
    async (line) => {
      const { url: open, facts } = await startOpen();
      const cli = startCli([...line.split(" "), "--db", facts.db], { cwd: home.folder });
      // It listens when the bridge has its stream.
      await expect.poll(() => streamsOf(open), { timeout: 15_000 }).toBe(1);
      cli.kill("SIGINT");
      expect(await cli.exit).toBe(130);
    },
  );
});

const startOpen = () => home.startRelay("--db", "open.db");

async function streamsOf(open: string): Promise<unknown> {
  const state = (await (await fetch(`${open}/api/state`)).json()) as Record<string, unknown>;
  return state["sse_subscribers"];
}
