import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** Mail as a shim tells of it. */
export interface Mail {
  readonly id: string;
  readonly channel: string;
  readonly sender: string;
  readonly why: string;
  readonly timestamp: string;
  readonly content: string;
  readonly cut?: true;
  readonly quiet?: true;
}

export const letter = (number: number, more: Partial<Mail> = {}): Mail => ({
  id: `94157a1d-c423-8c86-8000-00000000000${number}`,
  channel: "payments:worker",
  sender: "mac/orchestrator",
  why: "addressed",
  timestamp: "2026-11-22T10:42:07.000Z",
  content: `letter ${number}`,
  ...more,
});

export interface ShimOptions {
  /** `claude-bridge` in the state folder of whoever looks for it. */
  readonly state: string;
  readonly project: string;
  /** The process of the session; by default none that anybody comes from. */
  readonly parent?: number;
  /** What the file says of its process; by default the test's. */
  readonly pid?: number;
  readonly agent?: string;
}

export type Asked = Readonly<Record<string, unknown>> & { readonly ask: string };

const noProcess = 2 ** 22 + 1;

/** What local programs see of a shim: its file, and a socket that answers as a shim does. */
export async function startShim({
  state,
  project,
  parent = noProcess,
  pid = process.pid,
  agent = "win/worker",
}: ShimOptions) {
  const folder = join(state, "run");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [record, path] = [join(folder, `${pid}.json`), join(folder, `${pid}.sock`)];
  const asked: Asked[] = [];
  const watchers = new Map<Socket, string>();
  let mail: readonly Mail[] = [];
  let digest: readonly object[] = [];
  let isDeaf = false;
  let proofs: readonly object[] = [];

  const hear = (socket: Socket, question: Asked) => {
    asked.push(question);
    if (isDeaf) return;
    if (question.ask === "watch") return void watchers.set(socket, String(question["way"]));
    if (question.ask === "prove") return write(socket, ...proofs, { end: true });
    if (question.ask === "told") mail = mail.filter(({ id }) => !(question["ids"] as string[]).includes(id));
    write(socket, question.ask === "unread" ? { ...unreadAnswer(agent, mail), digest } : { agent });
  };
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("close", () => watchers.delete(socket));
    createInterface({ input: socket }).on("line", (line) => hear(socket, JSON.parse(line) as Asked));
  });
  const stop = () => {
    for (const socket of watchers.keys()) socket.destroy();
    rmSync(record, { force: true });
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  };
  await new Promise<void>((resolve) => void server.listen(path, resolve));
  writeFileSync(record, JSON.stringify({ v: 1, pid, parent, agent, project, socket: path, startedAt: "" }), {
    mode: 0o600,
  });
  onTestFinished(stop);

  return {
    asked,
    has: (...letters: readonly Mail[]) => void (mail = letters),
    /** What a probe of each way brings. */
    proves: (...lines: readonly object[]) => void (proofs = lines),
    /** What else came in channels that the agent reads. */
    alsoHas: (...rows: readonly { readonly channel: string; readonly messages: number }[]) => void (digest = rows),
    ways: () => [...watchers.values()],
    /** Says this to whoever watches in this way, or in any; a hook gets one line. */
    nudge(text: string, only?: string) {
      for (const [socket, way] of watchers) {
        if (only !== undefined && way !== only) continue;
        socket.write(`${JSON.stringify({ nudge: text })}\n`);
        if (way === "hook") socket.end();
      }
    },
    /** From now on it takes questions and answers none. */
    goDeaf: () => void (isDeaf = true),
    stop,
  };
}

const write = (socket: Socket, ...lines: readonly object[]): void =>
  void socket.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));

function unreadAnswer(agent: string, messages: readonly Mail[]): object {
  const names = [...new Set(messages.map(({ channel }) => channel))];
  const channels = names.map((name) => ({
    channel: name,
    unread: messages.filter(({ channel }) => channel === name).length,
  }));
  return { agent, unread: messages.length, channels, messages };
}
