import type { ReceivedMessage } from "../../client/index.ts";
import { formatTime } from "../../core/time.ts";
import { envelopeOf } from "../said.ts";

/** A message with the names and times of the wire, as programs read it. */
export function messageJson(message: ReceivedMessage): object {
  const { seq, prev, id, channel, sender, provenance, acceptedAt, content } = message;
  const timestamp = formatTime(acceptedAt);
  const said = { content, message: envelopeOf(message) };
  return { kind: "message", seq, prev, id, channel, sender, provenance, timestamp, ...said };
}
