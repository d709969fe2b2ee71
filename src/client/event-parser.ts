import { BridgeError } from "./error.ts";

/** What a stream of server-sent events says, piece by piece. */
export type StreamEvent =
  | { readonly kind: "event"; readonly event: string; readonly data: string; readonly id: string }
  /** How long to wait before coming again, in milliseconds. */
  | { readonly kind: "retry"; readonly ms: number };

export interface EventParser {
  /**
   * The events that these bytes complete. Bytes may be cut anywhere, also within a character or a line's end.
   *
   * @throws BridgeError `unexpected_answer` when an event is too long.
   */
  push(bytes: Uint8Array): readonly StreamEvent[];
}

/**
 * In UTF-16 code units, of a line or of an event's lines. The longest message is 128 KiB of text, with each character
 * escaped; whatever is longer is no event of a bridge, and must not fill the memory.
 */
const maxEventLength = 4_194_304;

/**
 * Reads as the HTML standard says (section 9.2.6): lines end in CR, LF or CRLF; several data lines are joined; comments
 * and unknown fields are skipped; an event without data is none, but its id counts.
 */
export function createEventParser(): EventParser {
  const decoder = new TextDecoder();
  /** The line that has begun, in the pieces in which it came: joined once, so that small pieces cost no more. */
  let pieces: string[] = [];
  let length = 0;
  let endedInCr = false;
  let data: string[] = [];
  let event = "";
  let id = "";

  function grow(by: number): void {
    length += by;
    if (length > maxEventLength) throw new BridgeError("unexpected_answer", "an event is too long for a bridge's");
  }

  function takeLine(line: string): StreamEvent | undefined {
    if (line === "") return dispatch();
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
    if (name === "event") event = value;
    else if (name === "data") data.push(value);
    else if (name === "id" && !value.includes("\0")) id = value;
    else if (name === "retry" && /^\d+$/.test(value)) return { kind: "retry", ms: Number(value) };
    return undefined;
  }

  function dispatch(): StreamEvent | undefined {
    const complete = { kind: "event" as const, event: event || "message", data: data.join("\n"), id };
    const isEvent = data.length > 0;
    [data, event, length] = [[], "", 0];
    return isEvent ? complete : undefined;
  }

  return {
    push(bytes) {
      let text = decoder.decode(bytes, { stream: true });
      if (text === "") return [];
      if (endedInCr && text.startsWith("\n")) text = text.slice(1);
      // A CR ends its line at once: the LF that may follow must not hold up what is complete.
      endedInCr = text === "" ? false : text.endsWith("\r");
      const [first = "", ...rest] = text.split(/\r\n|\r|\n/);
      grow(first.length);
      pieces.push(first);
      const found: StreamEvent[] = [];
      for (const part of rest) {
        const complete = takeLine(pieces.join(""));
        if (complete !== undefined) found.push(complete);
        pieces = [part];
        grow(part.length);
      }
      return found;
    },
  };
}
