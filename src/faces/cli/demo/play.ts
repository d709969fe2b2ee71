import type { BridgeClient, Sent } from "../../../client/index.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { createLadder, type Ladder, rungLine } from "./ladder.ts";
import { type Line, script } from "./script.ts";

/** One of the two, as the bridge knows it. */
export interface Player {
  readonly client: BridgeClient;
  /** Its whole name. */
  readonly name: string;
}

export interface Playing {
  readonly channel: string;
  readonly players: Readonly<Record<Line["from"], Player>>;
  /** Between two lines, for whoever reads along. */
  readonly pause: () => Promise<void>;
  readonly show: (line: string) => void;
  readonly signal: AbortSignal;
}

/** On one bridge a message is there in milliseconds; after that long something is wrong. */
const arriveSeconds = 10;

interface Said {
  readonly sent: Sent;
  /** Whom it was for. */
  readonly reader: Player;
  readonly ladder: Ladder;
}

/**
 * Plays the script over the bridge, and shows what the bridge answers. Each reader marks what it has, when it has it, as
 * the program beside an agent does.
 *
 * @throws BridgeError when it refuses or is away; an error when a message does not arrive.
 */
export async function play(playing: Playing): Promise<void> {
  let before: Said | undefined;
  for (const line of script) {
    const said = await say(line, before, playing);
    await climb(said, playing);
    before = said;
    await playing.pause();
  }
}

async function say({ from, type, content }: Line, before: Said | undefined, playing: Playing): Promise<Said> {
  const { channel, players, show, signal } = playing;
  const [sender, reader] = [players[from], players[from === "asks" ? "answers" : "asks"]];
  show(`\n  ${visibleOnLine(sender.name)} → ${visibleOnLine(reader.name)}: ${content}`);
  const stop = new AbortController();
  const arriving = reader.client.wait(
    { channel, sinceId: before?.sent.id ?? "beginning", timeoutSeconds: arriveSeconds },
    { signal: AbortSignal.any([signal, stop.signal]) },
  );
  // What ends it without a message is told by what went wrong first.
  arriving.catch(() => undefined);
  try {
    const replyTo = before?.sent.id;
    const sent = await sender.client.send({ channel, to: reader.name, type, content, replyTo }, { signal });
    show(rungLine("·", sent.receipt, `as ${visibleOnLine(sent.sender)}: it is on the disk`));
    if (sent.next !== undefined) show(`         ${visibleOnLine(sent.next)}`);
    if (before !== undefined) await look(before, signal);
    const { messages } = await arriving;
    if (messages.every(({ id }) => id !== sent.id)) throw new Error(`message ${sent.id} did not arrive in time`);
    return { sent, reader, ladder: createLadder(show) };
  } finally {
    stop.abort();
  }
}

/** The reader has all of it: it is in this process, and so in what stands for the context of a script. */
async function climb(said: Said, { channel, signal }: Playing): Promise<void> {
  const { client, name } = said.reader;
  const messageId = said.sent.id;
  for (const state of ["at_machine", "in_context"] as const) {
    await client.mark([{ messageId, state }], { signal });
    await look(said, signal);
  }
  await client.ack({ channel, consumerId: name, messageId }, { signal });
  await look(said, signal);
}

/** Asks the bridge how far the message got. */
async function look({ sent, reader, ladder }: Said, signal: AbortSignal): Promise<void> {
  ladder(await reader.client.receipts([sent.id], { signal }), reader.name, sent.acceptedAt);
}
