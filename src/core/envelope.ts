import { z } from "zod";
import { bytesOf } from "./fields.ts";
import { firstFault } from "./parse.ts";
import { canonicalJson, depthOf, nestingOf } from "./json.ts";
import {
  maxArtifacts,
  maxEnvelopeDepth,
  maxEnvelopeObjectBytes,
  maxEnvelopeTypeLength,
  maxIdLength,
  maxParsedDepth,
  maxUriLength,
} from "./limits.ts";

/**
 * Protocol v1: a structured message, stored as canonical JSON in the content of a message, so that readers who
 * know nothing of it still get text. The rules are in docs/protocol.md.
 */

const schemaVersion = 1;

const id = z.string().min(1).max(maxIdLength);

const shallow = (depth: number) => (value: unknown) => depthOf(value) <= depth;
const json = z
  .unknown()
  .refine((value) => value !== undefined, "is required")
  .refine(shallow(maxEnvelopeDepth), `must nest at most ${maxEnvelopeDepth} deep`);

/** Not `z.record`: that would drop a key called `__proto__` without a word. */
const object = z
  .custom<Record<string, unknown>>(isObject, "must be an object")
  .meta({ type: "object" })
  .refine(shallow(maxEnvelopeDepth), `must nest at most ${maxEnvelopeDepth} deep`)
  .refine(
    (value) => !shallow(maxEnvelopeDepth)(value) || bytesOf(JSON.stringify(value)) <= maxEnvelopeObjectBytes,
    `must be at most ${maxEnvelopeObjectBytes} bytes of JSON`,
  );

const artifact = z.strictObject({
  uri: z.string().min(1).max(maxUriLength),
  name: z.string().max(maxIdLength).optional(),
  media_type: z.string().max(maxIdLength).optional(),
  size_bytes: z.int().min(0).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits")
    .optional(),
  metadata: object.optional(),
});

export const envelopeType = z
  .string()
  .max(maxEnvelopeTypeLength)
  .regex(/^[a-z][a-z0-9._-]*$/, "must be lower-case letters, digits, dots, dashes and underscores, a letter first");

export const envelope = z.strictObject({
  schema_version: z.literal(schemaVersion),
  type: envelopeType,
  content: json,
  thread_id: id.optional(),
  reply_to: id.optional(),
  correlation_id: id.optional(),
  causation_id: id.optional(),
  recipient: id.optional(),
  dedupe_key: id.optional(),
  created_at: z.iso.datetime({ offset: true }).optional(),
  artifacts: z.array(artifact).max(maxArtifacts).optional(),
  metadata: object.optional(),
  extensions: object.optional(),
});

export type Envelope = z.output<typeof envelope>;

/** The content of the message that carries this envelope. */
export const sealEnvelope = (value: Envelope): string => canonicalJson(value);

/** What a message's content turns out to be. The content itself is always readable as text. */
export type Reading =
  | { readonly encoding: "legacy_text" }
  | { readonly encoding: "legacy_json"; readonly value?: unknown; readonly warning?: string }
  | { readonly encoding: "structured"; readonly value: unknown; readonly envelope: Envelope }
  | { readonly encoding: "unsupported" | "invalid"; readonly value: unknown; readonly warning: string };

export function readContent(content: string): Reading {
  if (!/^\s*[[{]/.test(content)) return { encoding: "legacy_text" };
  const value = parse(content);
  if (value === undefined) return { encoding: "legacy_text" };
  if (nestingOf(content, maxParsedDepth) > maxParsedDepth) {
    return { encoding: "legacy_json", warning: `nests deeper than ${maxParsedDepth}: left as text` };
  }
  return looksLikeEnvelope(value) ? open(value) : { encoding: "legacy_json", value };
}

/** JSON, or undefined: what starts like JSON may be prose. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function looksLikeEnvelope(value: unknown): value is Record<string, unknown> {
  return isObject(value) && ["schema_version", "type", "content"].every((key) => Object.hasOwn(value, key));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function open(value: Record<string, unknown>): Reading {
  if (value["schema_version"] !== schemaVersion) {
    return { encoding: "unsupported", value, warning: `schema_version is not ${schemaVersion}` };
  }
  const parsed = envelope.safeParse(value);
  if (parsed.success) return { encoding: "structured", value, envelope: parsed.data };
  return { encoding: "invalid", value, warning: firstFault(parsed.error).message };
}
