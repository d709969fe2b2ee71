import { maxParsedDepth } from "./limits.ts";

/** What there is to search in a message's content. */
export interface Readable {
  /** Of an envelope the texts in its content, without their keys; else the content as it is. */
  readonly text: string;
  readonly type?: string | undefined;
  readonly thread?: string | undefined;
  readonly recipient?: string | undefined;
  readonly hasArtifact: boolean;
}

/**
 * Reads the content as search does: what has the three keys of an envelope is one. Whether the rest of it is as it should
 * be is not asked, which would cost more than everything else that a search does with a message.
 */
export function readable(content: string): Readable {
  const value = /^\s*\{/.test(content) ? parse(content) : undefined;
  if (value?.["schema_version"] !== 1 || typeof value["type"] !== "string" || !Object.hasOwn(value, "content")) {
    return { text: content, hasArtifact: false };
  }
  const { type, content: inside, thread_id: thread, recipient, artifacts } = value;
  return {
    text: typeof inside === "string" ? inside : leavesOf(inside).join("\n"),
    type: textOf(type),
    thread: textOf(thread),
    recipient: textOf(recipient),
    hasArtifact: Array.isArray(artifacts) && artifacts.length > 0,
  };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

/** An object, or undefined: what starts like JSON may be prose. */
function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The texts and numbers in a JSON value, in its order, as deep as anybody reads. */
function leavesOf(value: unknown, depth = 0): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null || depth >= maxParsedDepth) return [];
  return Object.values(value).flatMap((child) => leavesOf(child, depth + 1));
}
