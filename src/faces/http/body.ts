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
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  return parseJson(await readText(request, maxBytes));
}

/** The text of a request's body, counted while it is read: a length that lies, or none, helps nobody. */
async function readText(request: Request, maxBytes: number): Promise<string> {
  if (!/^application\/json(?:\s*;.*)?$/i.test(request.headers.get("content-type") ?? "")) {
    throw new BridgeError("unsupported_media_type", "content-type must be application/json", { field: "Content-Type" });
  }
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new BridgeError("invalid_input", "body must be UTF-8", { cause });
  }
}

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
