import { BridgeError } from "./error.ts";

/** A page may hold 4 MiB of text, twice where it is JSON, each character escaped: no answer of a bridge is longer. */
const maxAnswerBytes = 67_108_864;

/**
 * The text of an answer, counted while it is read: what answers need not be a bridge.
 *
 * @throws BridgeError `unexpected_answer` when it is too long; what the stream throws when it breaks off.
 */
export async function readText({ body }: Response): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let answer = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return answer + decoder.decode();
      bytes += value.length;
      if (bytes > maxAnswerBytes) throw new BridgeError("unexpected_answer", "the answer is too long for a bridge's");
      answer += decoder.decode(value, { stream: true });
    }
  } finally {
    // For one that was not read to its end; it has no say in what we answer.
    void reader.cancel().catch(() => {});
  }
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
