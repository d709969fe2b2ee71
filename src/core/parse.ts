import type { z } from "zod";
import { BridgeError } from "./errors.ts";

/**
 * The input as `schema` has it.
 *
 * @throws BridgeError `invalid_input`, naming the first field that is wrong and what to do about it.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join(".") || undefined;
  throw new BridgeError("invalid_input", explain(issue, field), { field });
}

/** The original's words where it had some: scripts match on them. */
function explain(issue: z.core.$ZodIssue | undefined, field: string | undefined): string {
  if (issue === undefined) return "invalid input";
  if (field === undefined) return issue.code === "invalid_type" ? "input must be a JSON object" : issue.message;
  const wantsText = issue.code === "invalid_type" && issue.expected === "string";
  const isEmpty = issue.code === "too_small" && issue.origin === "string";
  if (wantsText || isEmpty) return `missing or empty: ${field}`;
  return `${field}: ${lowerFirst(issue.message)}`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
