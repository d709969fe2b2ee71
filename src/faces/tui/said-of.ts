import type { ReceivedMessage } from "../../client/index.ts";
import { gistOf, type Gist, type Said, saidBy } from "../../view/said.ts";

interface Read {
  readonly said: Said;
  readonly gist: Gist;
}

const known = new WeakMap<ReceivedMessage, Read>();

/** What a message says: read once, as frames are drawn often. */
export function saidOf(message: ReceivedMessage): Read {
  const before = known.get(message);
  if (before !== undefined) return before;
  const said = saidBy(message);
  const read = { said, gist: gistOf(said.body) };
  known.set(message, read);
  return read;
}
