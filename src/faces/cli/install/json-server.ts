import { CommandError } from "../command-error.ts";
import type { Place, Server } from "./toml-server.ts";

const name = "bridge";

/** The same for `.mcp.json`, which keeps its other servers, its indent and its last line end. */
export function placeIn(text: string, server: Server): Place {
  const found = serversOf(parse(text))[name];
  if (found === undefined) return "absent";
  return JSON.stringify(found) === JSON.stringify(entryOf(server)) ? "own" : "other";
}

export function withServer(text: string, server: Server): string {
  const whole = parse(text);
  return print(text, { ...whole, mcpServers: { ...serversOf(whole), [name]: entryOf(server) } });
}

export function withoutServer(text: string): string {
  const whole = parse(text);
  const { [name]: _, ...others } = serversOf(whole);
  return print(text, { ...whole, mcpServers: others });
}

const entryOf = ({ command, args }: Server) => ({ command, args });

type Json = Readonly<Record<string, unknown>>;

/** @throws CommandError when it is no JSON object, or one whose servers are none: then it is not ours to mend. */
function parse(text: string): Json {
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CommandError("conflict", "the .mcp.json of this folder is no valid JSON", { cause: error });
  }
  if (!isObject(value)) throw new CommandError("conflict", "the .mcp.json of this folder is no JSON object");
  return value;
}

function serversOf({ mcpServers = {} }: Json): Json {
  if (!isObject(mcpServers)) throw new CommandError("conflict", "mcpServers in .mcp.json must be an object");
  return mcpServers;
}

function print(before: string, value: Json): string {
  const indent = /\n([ \t]+)"/.exec(before)?.[1] ?? "  ";
  const end = before === "" || before.endsWith("\n") ? "\n" : "";
  return `${JSON.stringify(value, undefined, indent)}${end}`;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
