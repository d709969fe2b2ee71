import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BridgeHome, bridgeHome, type Invited } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";
import { everyCommand } from "./support/commands.ts";
import { post } from "./support/face.ts";

/**
 * Each command once, one after the other on one bridge, as a program runs it: what it prints with `--json` is JSON and
 * nothing else, and nothing has escapes in it where nobody has a terminal.
 */

type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Row {
  readonly words: string;
  /** What stands behind the words; `<send.id>` is what `send` has answered as its `id`. */
  readonly args?: string;
  /** Another machine runs it. */
  readonly isGuest?: true;
  /** It has no JSON, or JSON of somebody else's form. */
  readonly hasNoForm?: true;
}

const rows: readonly Row[] = [
  { words: "up", args: "--detach --local --no-claude --port 0" },
  { words: "send", args: "a:b hello --thread t-1" },
  { words: "reply", args: "<send.id> fine" },
  { words: "ask", args: "you Sure? --no-wait" },
  { words: "cancel", args: "<ask.id>" },
  { words: "ack", args: "<send.id>" },
  { words: "sub", args: "a:b --last 1 --once" },
  { words: "wait", args: "a:b --after beginning" },
  { words: "show", args: "<send.id>" },
  { words: "thread", args: "t-1" },
  { words: "search", args: "hello" },
  { words: "export", args: "a:b" },
  { words: "ls" },
  { words: "ps" },
  { words: "needs" },
  { words: "completion", args: "fish", hasNoForm: true },
  { words: "cheat", hasNoForm: true },
  { words: "demo", args: "--fast", hasNoForm: true },
  { words: "invite" },
  { words: "join", args: "<invite.url> <invite.code> --name guest", isGuest: true },
  { words: "use", isGuest: true },
  { words: "auth header", isGuest: true, hasNoForm: true },
  { words: "status", isGuest: true },
  { words: "install", args: "codex --dry-run", hasNoForm: true },
  { words: "uninstall", args: "--dry-run", hasNoForm: true },
  { words: "hook", args: "prompt", hasNoForm: true },
  { words: "open" },
  { words: "sessions list" },
  { words: "sessions revoke", args: "<session.id>" },
  { words: "freeze", args: "a:b" },
  { words: "freezes" },
  { words: "unfreeze", args: "a:b" },
  { words: "wake set", args: "mac/* a:* never" },
  { words: "wake list" },
  { words: "wake remove", args: "<wake set.id>" },
  { words: "acl allow", args: "guest a:*" },
  { words: "acl list" },
  { words: "acl remove", args: "<acl allow.id>" },
  { words: "acl default", args: "open" },
  { words: "token create", args: "ci" },
  { words: "token list" },
  { words: "token rotate", args: "<token create.id>" },
  { words: "token revoke", args: "<token create.id>" },
  { words: "machines" },
  { words: "rename", args: "guest visitor" },
  { words: "revoke", args: "visitor" },
  { words: "clear", args: "a:b --yes" },
  { words: "undo", args: "<clear.id>" },
  { words: "audit list" },
  { words: "audit export" },
  { words: "audit verify" },
  { words: "doctor" },
  { words: "backup", args: "copy.db" },
  { words: "import", args: "copy.db" },
  { words: "logs", hasNoForm: true },
  { words: "down" },
  { words: "restore", args: "copy.db --db another.db" },
];
/** They go on, and speak to clients, sessions or people: other tests are about what they say. */
const withoutAnEnd = ["serve", "mcp", "monitor", "tui"];

let home: BridgeHome;
let guest: BridgeHome;
const answers: Record<string, Readonly<Record<string, unknown>>> = {};
beforeAll(() => {
  home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada" } });
  guest = bridgeHome();
});
afterAll(async () => {
  await home.run("down");
  await cleanUp();
});

const filledIn = (text: string, known: Answers) =>
  text.replaceAll(/<([a-z ]+)\.(\w+)>/g, (_, words: string, field: string) => String(known[words]?.[field]));

/** What later commands need of an answer, beside what it says at its top. */
async function keep(words: string, answer: Readonly<Record<string, unknown>>): Promise<void> {
  answers[words] = { ...answer, ...(answer["rule"] as object | undefined) };
  if (words === "invite") {
    const { code, urls } = answer as unknown as Invited;
    answers[words] = { code, url: urls[0] ?? "" };
  }
  if (words !== "open") return;
  const { origin, hash } = new URL(`${answer["url"] as string}`);
  expect((await post(`${origin}/api/session`, { code: hash.split("=")[1] })).status).toBe(200);
  const { sessions } = await home.ask<{ sessions: readonly { readonly id: string }[] }>("sessions", "list");
  answers["session"] = { id: sessions[0]?.id ?? "" };
}

it("there is a row for every command", () => {
  const known = [...rows.map(({ words }) => words), ...withoutAnEnd];
  expect(known.toSorted()).toEqual([...everyCommand().keys()].toSorted());
});

const argsOf = ({ words, args = "" }: Row) =>
  [...words.split(" "), ...filledIn(args, answers).split(" ")].filter((word) => word !== "");

/** Runs it, and looks at each line. */
async function runForJson({ words, isGuest }: Row, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await (isGuest === true ? guest : home).run(...args, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^\{.*\}\n(?:\{.*\}\n)*$/);
  const lines = stdout.trimEnd().split("\n");
  const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(objects.filter(({ v }) => v !== 1)).toEqual([]);
  await keep(words, objects[0] ?? {});
}

describe("with its output piped", () => {
  it.each(rows)("$words $args", async (row) => {
    const args = argsOf(row);
    if (row.hasNoForm !== true) await runForJson(row, args);
    // The second time, some have nothing left to do, and say so.
    const { stdout, stderr } = await (row.isGuest === true ? guest : home).run(...args);
    expect(stdout + stderr).not.toContain("\u001b");
  });
});
