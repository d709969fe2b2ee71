import type { Bridge, Caller } from "../../core/bridge.ts";
import { createGate, type Gate } from "../../core/gate.ts";
import { isMessage, type MessageId, type Seq } from "../../core/message.ts";
import { seqOf } from "../../core/message-id.ts";
import type { Scope } from "../../core/scope.ts";
import { positionOf } from "../../operations/cursor.ts";
import { entryFrame, frame } from "./event-frames.ts";
import type { EventWriter } from "./event-writer.ts";

/** A place among the streams, taken before the head is sent, so that a full bridge can still answer with an error. */
export type Seats = (scope: Scope) => () => void;

/** @throws BridgeError `streams_full` from the returned function. */
export function createSeats({ streams, caps }: Bridge): Seats {
  const byChannel = new Map<string, Gate>();
  const gateOf = (channel: string): Gate => {
    const gate = byChannel.get(channel) ?? createGate(() => caps().maxStreamsPerChannel, "streams_full");
    byChannel.set(channel, gate);
    return gate;
  };
  return ({ names }) => {
    const taken: (() => void)[] = [];
    const leave = () => {
      for (const free of taken.splice(0)) free();
      for (const name of names) if (byChannel.get(name)?.inside === 0) byChannel.delete(name);
    };
    try {
      for (const name of names) taken.push(gateOf(name).enter(`channel '${name}' has reached its subscriber cap`));
      taken.push(streams.enter("server subscriber cap reached"));
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
  /** The cursor, when it is not in the scope: the reader may have missed what it stood before. */
  readonly stale?: string;
}

/**
 * Without a cursor nothing old is sent. A cursor of ours whose message was deleted still says when its reader
 * left, so what came later is sent after the warning; any other unknown cursor says nothing.
 */
export async function resumeAt({ store }: Bridge, scope: Scope, cursor: string | undefined): Promise<Resume> {
  const live = await store.lastSeq();
  if (cursor === undefined) return { after: live };
  const id = cursor as MessageId;
  const position = await positionOf(store, scope, id);
  if (position !== undefined) return { after: position };
  const left = (await store.find(id)) === undefined ? seqOf(store.epoch, cursor) : undefined;
  return { after: Math.min(left ?? live, live) as Seq, stale: cursor };
}

/**
 * Writes the scope's entries from `resume` on, until the reader or the bridge goes away. A reader that is more
 * than the replay limit behind gets that many and then the end: it comes again from where it is, and nothing
 * in between is skipped.
 */
export async function streamEvents(bridge: Bridge, scope: Scope, resume: Resume, caller: Caller, writer: EventWriter) {
  const { streamReplayLimit: limit } = bridge.caps();
  const isTruncated = (await bridge.store.remaining(scope, resume.after)) > limit;
  let left = isTruncated ? limit : Number.POSITIVE_INFINITY;
  if (resume.stale !== undefined) await writer.write(frame("cursor_stale", { since_id: resume.stale }));
  for await (const page of bridge.follow(scope, resume.after, caller)) {
    for (const entry of page) {
      if (left === 0) return writer.write(frame("replay_truncated", { limit }));
      await writer.write(entryFrame(entry));
      if (isMessage(entry)) left -= 1;
    }
  }
}
