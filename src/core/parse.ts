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
  const { field, message } = firstFault(parsed.error);
  throw new BridgeError("invalid_input", message, { field });
}

/** The first field that is wrong, and what is wrong with it. */
export function firstFault({ issues: [issue] }: z.ZodError): {
  readonly field: string | undefined;
  readonly message: string;
} {
  const field = issue === undefined ? undefined : fieldOf(issue);
  return { field, message: explain(issue, field) };
}

function fieldOf(issue: z.core.$ZodIssue): string | undefined {
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]] : issue.path;
  return path.map(String).join(".") || undefined;
}

/** The original's words where it had some: scripts match on them. */
function explain(issue: z.core.$ZodIssue | undefined, field: string | undefined): string {
  if (issue === undefined) return "invalid input";
  if (field === undefined) return issue.code === "invalid_type" ? "input must be a JSON object" : issue.message;
  const wantsText = issue.code === "invalid_type" && issue.expected === "string";
  const isEmpty = issue.code === "too_small" && issue.origin === "string";
  if (wantsText || isEmpty) return `missing or empty: ${field}`;
  return `${field}: ${wordsOf(issue)}`;
}

/** What zod would say in its own words, in ours; what our schemas say is kept. */
function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "nonoptional" ? "is missing" : `must be ${articled[issue.expected] ?? issue.expected}`;
    case "too_small":
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "unrecognized_keys":
      return "no such field";
    case "custom":
    case "invalid_element":
    case "invalid_format":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
      return issue.message;
  }
}

const articled: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "an object",
  string: "text",
};

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " items" : "";
}
