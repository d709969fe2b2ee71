import { setTimeout as pause } from "node:timers/promises";
import { askShim, findShim, type LocalProgram, watchShim } from "../../../shim/local/ask-shim.ts";
import type { RunningShim } from "../../../shim/local/run-folder.ts";
import type { HookEvent } from "./hook-events.ts";
import { type HookInput, readHookInput } from "./hook-input.ts";
import { digestLine } from "../../mcp/unread-words.ts";
import { countLine, mailText } from "./mail-text.ts";
import { openMentions } from "./mentions.ts";
import { localProgram } from "./local-program.ts";
import { untilParentIsGone } from "./parent.ts";

interface Hook {
  readonly shim: RunningShim;
  readonly program: LocalProgram;
  readonly input: HookInput;
}

/** With this exit code the client takes a hook's stderr for something that its model must see. */
const toModel = 2;
/** A person waits for the hook. It then goes without an answer, whatever it waits for. */
const patienceMs = 1800;
/** The client ends a turn that was held up 8 times in a row. */
const maxStreak = 7;

/**
 * Runs one of the client's hooks. A session without a shim, or with one that has no answer, must not notice that there
 * are hooks: then nothing is printed and the exit code is 0.
 */
export async function hookCommand(event: HookEvent): Promise<void> {
  try {
    const program = localProgram();
    if (event === "wake") return program.isAtTerminal ? await wake(program) : undefined;
    setTimeout(() => process.exit(), patienceMs).unref();
    const input = await readHookInput();
    const shim = findShim(program);
    if (shim !== undefined) await run[event]({ shim, program, input });
  } catch {
    // The agent gets its mail by another way.
  }
}

const run = {
  "session-start": sayWhoItIs,
  prompt: showMail,
  stop: holdForMail,
} as const satisfies Record<Exclude<HookEvent, "wake">, (hook: Hook) => Promise<void>>;

/** A context that was cleared or made shorter has forgotten its name. Where a session begins, the tools say it. */
async function sayWhoItIs({ shim, program, input }: Hook): Promise<void> {
  const mail = await askShim(shim, { ask: "unread" });
  if (mail.unread === 0) return await write(process.stdout, `On the bridge you are ${mail.agent}.\n`);
  await write(process.stdout, `On the bridge you are ${mail.agent}. ${countLine(mail)} Call bridge_receive.\n`);
  const mentions = openMentions(program.stateFolder, input.session);
  mentions.write({ ids: mail.messages.map(({ id }) => id), streak: 0 });
}

/** What has come since the last turn is before the agent together with what its user says. */
async function showMail({ shim }: Hook): Promise<void> {
  const [mail] = await Promise.all([
    askShim(shim, { ask: "unread" }),
    askShim(shim, { ask: "doing", doing: "working" }).catch(() => undefined),
  ]);
  const also = digestLine(mail.digest ?? []);
  const { text, ids } = mail.unread === 0 ? { text: "", ids: [] } : mailText(mail);
  const lines = [text, also].filter((part) => part !== "");
  if (lines.length > 0) await write(process.stdout, `${lines.join("\n")}\n`);
  if (ids.length > 0) await askShim(shim, { ask: "told", ids, way: "hook" });
}

/** A turn does not end on mail that the agent has not heard of. It hears of each message once. */
async function holdForMail({ shim, program, input }: Hook): Promise<void> {
  const mail = await askShim(shim, { ask: "unread" });
  const mentions = openMentions(program.stateFolder, input.session);
  const before = mentions.read();
  const fresh = mail.messages.filter(({ id, quiet }) => quiet !== true && !before.ids.includes(id)).map(({ id }) => id);
  const streak = input.isContinued ? before.streak : 0;
  if (fresh.length > 0 && streak < maxStreak) {
    // Noted first: a line that was lost comes by another way, and one that comes twice holds the agent up for nothing.
    mentions.write({ ids: [...before.ids, ...fresh], streak: streak + 1 });
    await write(process.stderr, `${countLine(mail)} Call bridge_receive.\n`);
    process.exitCode = toModel;
    return;
  }
  if (before.streak > 0) mentions.write({ ids: before.ids, streak: 0 });
  await askShim(shim, { ask: "doing", doing: "idle" });
}

/** The client starts its servers and its hooks at the same time, and a server anew when it has ended. */
const lookAgainMs = 1000;

/** Waits for one nudge, which wakes a session that is idle. */
async function wake(program: LocalProgram): Promise<void> {
  const gone = untilParentIsGone();
  while (!gone.aborted) {
    const shim = findShim(program);
    const nudge = shim === undefined ? undefined : await firstNudge(shim, gone);
    if (nudge !== undefined) {
      await write(process.stderr, `${nudge}\n`);
      process.exitCode = toModel;
      return;
    }
    await pause(lookAgainMs, undefined, { signal: gone });
  }
}

async function firstNudge(shim: RunningShim, signal: AbortSignal): Promise<string | undefined> {
  try {
    for await (const nudge of watchShim(shim, "hook", signal)) return nudge;
  } catch {
    // It has just ended.
  }
  return undefined;
}

/** Resolves when the text is with whoever reads it: what is said of it afterwards is then true. */
const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((resolve, reject) => stream.write(text, (error) => (error ? reject(error) : resolve())));
