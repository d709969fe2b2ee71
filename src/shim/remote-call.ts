import { BridgeError } from "../client/index.ts";
import type { Operation } from "../core/operation.ts";
import { ToolRefusal } from "../faces/mcp/tool-host.ts";
import { type HttpPlace, paths } from "../operations/paths.ts";
import { patienceMs } from "./limits.ts";
import { isAway, type Link } from "./link.ts";

const places: Readonly<Record<string, HttpPlace | undefined>> = paths;

/**
 * What the bridge answers to the operation. A wait goes on over whatever breaks, until its time is over.
 *
 * @throws ToolRefusal
 */
export async function callRemote(
  link: Link,
  operation: Operation,
  input: object,
  signal: AbortSignal,
): Promise<unknown> {
  const place = places[operation.name];
  if (place === undefined) throw new Error(`no path for ${operation.name}`);
  const { timeout_seconds: waitSeconds, ...fields } = inputOf(operation, input);
  const what =
    place.method === "POST" ? { path: place.path, body: fields } : { path: place.path, query: queryOf(fields) };
  async function asked(): Promise<unknown> {
    if (typeof waitSeconds === "number") return link.ask({ ...what, waitSeconds }, { signal });
    const { wait_seconds: mailSeconds } = fields;
    const moreMs = typeof mailSeconds === "number" ? mailSeconds * 1000 : 0;
    // Nobody can tell whether what is destroyed twice is the same.
    const patience = operation.effect === "destroys" ? 0 : Math.max(patienceMs, moreMs);
    return link.ask({ ...what, moreMs }, { signal, patienceMs: patience });
  }
  try {
    return answerOf(operation, await asked(), link);
  } catch (error) {
    throw refusalOf(error, link);
  }
}

/** What the tool takes beyond the operation is for showing its answer. */
function inputOf(operation: Operation, input: object): Readonly<Record<string, unknown>> {
  const known = Object.entries(input).filter(([name]) => Object.hasOwn(operation.input.shape, name));
  // A model reads messages whole.
  return Object.fromEntries(Object.hasOwn(operation.input.shape, "full") ? [...known, ["full", true]] : known);
}

function queryOf(fields: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!Array.isArray(value)) return [[name, typeof value === "string" ? value : JSON.stringify(value)] as const];
    if (value.some((item) => typeof item === "string" && item.includes(",")))
      throw new ToolRefusal(`${name}: can hold no comma`);
    return [[name, value.join(",")] as const];
  });
}

function answerOf(operation: Operation, answer: unknown, { bridge }: Link): unknown {
  const parsed = operation.output.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new ToolRefusal(
    `bridge ${bridge} answers in words that this program does not know: use one version on both sides`,
  );
}

/** In the words that the bridge's own tools have for it. */
export function refusalOf(error: unknown, link: Link): unknown {
  if (!(error instanceof BridgeError)) return error;
  const { code, message } = error;
  if (isAway(error)) return new ToolRefusal(`unreachable: bridge ${link.bridge} does not answer (${link.lastSeen()})`);
  return new ToolRefusal(code === "invalid_input" ? `Input validation error: ${message}` : `${code}: ${message}`);
}
