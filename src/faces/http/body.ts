import type { IncomingMessage } from "node:http";
import { BridgeError } from "../../core/errors.ts";
import { nestingOf } from "../../core/json.ts";
import { maxParsedDepth } from "../../core/limits.ts";

/** A request deeper than this is no request of ours: an envelope may have 16 levels, within a message. */
const maxDepth = maxParsedDepth;

/**
 * The JSON of a request's body.
 *
 * @throws BridgeError `unsupported_media_type`, `too_large` or `invalid_input`.
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  return parseJson(await readText(request, maxBytes));
}

/** The text of a request's body, counted while it is read: a length that lies, or none, helps nobody. */
async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (!/^application\/json(?:\s*;.*)?$/i.test(request.headers["content-type"] ?? "")) {
    throw new BridgeError("unsupported_media_type", "content-type must be application/json", { field: "Content-Type" });
  }
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const bytes = await readBytes(request, maxBytes);
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new BridgeError("invalid_input", "body must be UTF-8", { cause });
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** From Node's own stream: a web stream around it costs more than all the rest of reading a body. */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else reject(tooLarge());
    });
    // The caller hung up, or broke its own framing: no fault of ours, and nothing for the log.
    const brokenOff = () => reject(new BridgeError("invalid_input", "the request body did not arrive whole"));
    request.once("error", brokenOff);
    request.once("close", brokenOff);
    request.once("end", () => {
      request.off("close", brokenOff);
      const [first = noBytes] = chunks;
      resolve(chunks.length > 1 ? Buffer.concat(chunks) : first);
    });
  });
}

const noBytes = Buffer.alloc(0);

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
