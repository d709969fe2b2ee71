import type { Bridge } from "../../core/bridge.ts";
import { createGate, type Gate } from "../../core/gate.ts";
import { followPageSize } from "../../core/limits.ts";
import { isMessage, type MessageId, type Seq } from "../../core/message.ts";
import { seqOf } from "../../core/message-id.ts";
import type { Principal } from "../../core/principal.ts";
import { inScope, type Scope } from "../../core/scope.ts";
import type { Store } from "../../core/store.ts";
import { positionOf } from "../../operations/cursor.ts";
import { entryFrame, frame } from "./event-frames.ts";
import { textChunk, toChunk } from "./event-chunk.ts";
import type { Hub } from "./event-hub.ts";
import { isOver, listen, type Listening } from "./event-listen.ts";

/** A place among the streams, taken before the head is sent, so that a full bridge can still answer with an error. */
export type Seats = (scope: Scope, principal: Principal) => () => void;

/** @throws BridgeError `streams_full` from the returned function. */
export function createSeats({ streams, caps }: Bridge): Seats {
  const byChannel = new Map<string, Gate>();
  const gateOf = (channel: string): Gate => {
    const gate = byChannel.get(channel) ?? createGate(() => caps().maxStreamsPerChannel, "streams_full");
    byChannel.set(channel, gate);
    return gate;
  };
  return ({ names }, principal) => {
    const taken: (() => void)[] = [];
    const leave = () => {
      for (const free of taken.splice(0)) free();
      for (const name of names) if (byChannel.get(name)?.inside === 0) byChannel.delete(name);
    };
    try {
      for (const name of names) taken.push(gateOf(name).enter(`channel '${name}' has reached its subscriber cap`));
      taken.push(streams.enter(principal, "server subscriber cap reached"));
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  };
}

/** Where a stream begins, and what its reader must be told first. */
export interface Resume {
  readonly after: Seq;
  /** What resumes here, for a reader that came without a cursor and may leave before it was given an id. */
  readonly cursor?: string;
  /** The cursor, when it is not in the scope: the reader may have missed what it stood before. */
  readonly stale?: Stale;
}

interface Stale {
  readonly since_id: string;
  /** Where it stood, when what came after it follows. */
  readonly seq?: Seq;
}

/**
 * Without a cursor nothing old is sent. A cursor of ours whose message was deleted still says when its reader
 * left, so what came later is sent after the warning; any other unknown cursor says nothing.
 */
export async function resumeAt({ store }: Bridge, hub: Hub, scope: Scope, cursor: string | undefined): Promise<Resume> {
  const known = cursor === undefined ? undefined : hub.find(cursor);
  if (known !== undefined && inScope(scope, known.channel)) return { after: known.seq };
  if (cursor === undefined) return beginNow(store, scope);
  const live = await store.lastSeq();
  const id = cursor as MessageId;
  const position = await positionOf(store, scope, id);
  if (position !== undefined) return { after: position };
  const left = (await store.find(id)) === undefined ? seqOf(store.epoch, cursor) : undefined;
  // A seq that is still to come was given by another copy of this store: it says nothing of this one.
  if (left === undefined || left > live) return { after: live, stale: { since_id: cursor } };
  return { after: left, stale: { since_id: cursor, seq: left } };
}

/** The newest message is looked for first: what comes between the two looks is sent to whoever comes back. */
async function beginNow(store: Store, scope: Scope): Promise<Resume> {
  const [newest] = await store.tail(scope, 1);
  return { after: await store.lastSeq(), cursor: newest?.id ?? "beginning" };
}

export interface Stream extends Listening {
  readonly hub: Hub;
}

/**
 * Writes the scope's entries from `resume` on, until the reader or the bridge goes away. A reader that is more
 * than the replay limit behind gets that many and then the end: it comes again from where it is, and nothing
 * in between is skipped.
 */
export async function streamEvents(stream: Stream, { after, stale }: Resume): Promise<void> {
  const { bridge, hub, scope, writer } = stream;
  const { streamReplayLimit: limit } = bridge.caps();
  if (stale !== undefined) writer.write(textChunk(frame("cursor_stale", { ...stale })));
  const missed = hub.since(after, scope)?.length ?? (await bridge.store.remaining(scope, after));
  if (missed > limit) return replay(stream, after, limit);
  let place: Seq | undefined = after;
  while (place !== undefined) {
    const caughtUp: Seq | undefined = await catchUp(stream, place);
    place = caughtUp === undefined ? undefined : await listen(stream, hub, caughtUp);
  }
}

/** The first `limit` messages after `after`, and the word that there are more. */
async function replay(stream: Stream, after: Seq, limit: number): Promise<void> {
  const { bridge, scope, writer } = stream;
  let [place, left] = [after, limit];
  while (!isOver(stream)) {
    const page = await bridge.store.read(scope, place, followPageSize);
    for (const entry of page) {
      if (left === 0) return void writer.write(textChunk(frame("replay_truncated", { limit })));
      if (!writer.write(textChunk(entryFrame(entry)))) await writer.drained();
      if (isMessage(entry)) left -= 1;
      place = entry.seq;
    }
    if (page.length === 0) return;
  }
}

/** Reads from the store until the tail reaches back to where the reader is; undefined when the reader is gone. */
async function catchUp(stream: Stream, after: Seq): Promise<Seq | undefined> {
  const { store } = stream.bridge;
  const { hub, scope, writer } = stream;
  let place = after;
  while (!isOver(stream)) {
    await writer.drained();
    await hub.start();
    if (hub.reaches(place)) return place;
    const last = await store.lastSeq();
    const page = await store.read(scope, place, followPageSize);
    if (page.length > 0) writer.write(toChunk(page.map((entry) => Buffer.from(entryFrame(entry), "latin1"))));
    // There is nothing of the scope up to `last`, so the reader has everything up to there.
    place = page.at(-1)?.seq ?? last;
  }
  return undefined;
}
