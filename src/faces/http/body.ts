import type { IncomingMessage } from "node:http";
import { BridgeError } from "../../core/errors.ts";
import { nestingOf } from "../../core/json.ts";
import { maxParsedDepth } from "../../core/limits.ts";

/** A request deeper than this is no request of ours: an envelope may have 16 levels, within a message. */
const maxDepth = maxParsedDepth;

/**
 * The JSON of a request's body, counted while it is read: a length that lies, or none, helps nobody. From Node's own
 * stream: a web stream around it costs more than all the rest of reading a body.
 *
 * @throws BridgeError `unsupported_media_type`, `too_large` or `invalid_input`.
 */
export function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    requireJson(request, maxBytes);
    const chunks: Buffer[] = [];
    let length = 0;
    let hasEnded = false;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else reject(tooLarge());
    });
    // The caller hung up, or broke its own framing: no fault of ours, and nothing for the log.
    const brokenOff = () => {
      if (!hasEnded) reject(new BridgeError("invalid_input", "the request body did not arrive whole"));
    };
    request.on("error", brokenOff);
    request.on("close", brokenOff);
    request.on("end", () => {
      hasEnded = true;
      if (length > maxBytes) return;
      try {
        const [first = noBytes] = chunks;
        resolve(parseJson(decode(chunks.length > 1 ? Buffer.concat(chunks) : first)));
      } catch (error) {
        reject(error as BridgeError);
      }
    });
  });
}

const noBytes = Buffer.alloc(0);

function requireJson({ headers }: IncomingMessage, maxBytes: number): void {
  if (!/^application\/json(?:\s*;.*)?$/i.test(headers["content-type"] ?? "")) {
    throw new BridgeError("unsupported_media_type", "content-type must be application/json", { field: "Content-Type" });
  }
  if (Number(headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new BridgeError("invalid_input", "body must be UTF-8", { cause });
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function parseJson(text: string): unknown {
  if (nestingOf(text, maxDepth) > maxDepth) {
    throw new BridgeError("invalid_input", `invalid JSON body: nests deeper than ${maxDepth}`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new BridgeError("invalid_input", "invalid JSON body", { cause });
  }
}

const tooLarge = () => new BridgeError("too_large", "request body too large");
