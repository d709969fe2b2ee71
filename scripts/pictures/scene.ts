import { type BridgeClient, connect } from "../../src/client/index.ts";
import { agents, lines, type Role, type SceneLine } from "./scene-lines.ts";

/** A morning on a bridge, for pictures and for tests that look at screens: what it shows is what really happened. */
export interface Scene {
  /** Lets the agents go. */
  close(): void;
}

/** Time that passes between two things, in milliseconds. */
export type Pause = (ms: number) => Promise<void>;

const betweenMs = 300;

/** Plays it on a bridge that nobody has used yet. */
export async function playScene(url: string, pause: Pause): Promise<Scene> {
  const stop = new AbortController();
  const clients = new Map<string, BridgeClient>();
  for (const { name, project, doing } of Object.values(agents)) {
    const client = connect({ url, sender: name, agent: name, patienceMs: 0 });
    clients.set(name, client);
    const runs = { client: { name: "claude-code", version: "2.1.330" }, shim: "1.0.0" };
    await client.announce({ project, doing, ways: ["open-wait"], ...runs });
    if (name === agents.builder.name) await client.announce({ gone: true });
    else void listen(client, stop.signal);
  }
  const clientOf = (role: Role): BridgeClient => clients.get(agents[role].name) ?? connect({ url });
  const ids = new Map<string, string>();
  for (const line of lines) {
    await pause(betweenMs);
    const id = await say(clientOf(line.from), line, ids);
    if (line.id !== undefined) ids.set(line.id, id);
    if (line.reaches === undefined || line.to === undefined || line.to === "you") continue;
    const reader = clientOf(line.to);
    await pause(betweenMs / 2);
    await reader.mark([{ messageId: id, state: "at_machine" }]);
    await pause(betweenMs / 2);
    if (line.reaches === "in_context") await reader.mark([{ messageId: id, state: "in_context" }]);
  }
  return { close: () => stop.abort() };
}

async function say(client: BridgeClient, line: SceneLine, ids: ReadonlyMap<string, string>): Promise<string> {
  const { channel, content, type, thread: threadId, options, answers } = line;
  const to = line.to === undefined || line.to === "you" ? line.to : agents[line.to].name;
  const replyTo = answers === undefined ? undefined : ids.get(answers);
  if (options !== undefined && typeof content === "string") {
    return (await client.ask({ to: to ?? "you", channel, content, options, threadId })).id;
  }
  if (typeof content === "string") return (await client.send({ channel, content, to, type, threadId, replyTo })).id;
  const more = { type: type ?? "message", recipient: to, thread_id: threadId, reply_to: replyTo };
  const known = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  return (await client.send({ channel, envelope: { schema_version: 1, ...known, content } as never })).id;
}

/** Keeps the inbox open, which is how a bridge knows that somebody listens. */
async function listen(client: BridgeClient, signal: AbortSignal): Promise<void> {
  let after: number | undefined;
  while (!signal.aborted) {
    try {
      after = (await client.inbox({ after, waitSeconds: 20 }, { signal })).next;
    } catch {
      return;
    }
  }
}
