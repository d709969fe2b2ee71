import { inspect } from "node:util";
import { afterEach, expect } from "vitest";
import type { Store } from "../../src/core/store.ts";
import { post, type Served, serve, type ServeOptions } from "../support/face.ts";

/** A bridge for each test, that must have no fault of its own in its log when the test is over. */

const open: Served[] = [];

export async function start(options: ServeOptions = {}): Promise<Served> {
  const served = await serve(options);
  open.push(served);
  return served;
}

afterEach(async () => {
  for (const served of open.splice(0)) {
    expect(served.errors).toEqual([]);
    await served.close();
  }
});

export interface Sent {
  readonly id: string;
  readonly seq: number;
}

export async function send({ url }: Served, content: string, channel = "demo:a", sender = "mac"): Promise<Sent> {
  const response = await post(`${url}/api/send`, { channel, sender, content });
  expect(response.status).toBe(200);
  return (await response.json()) as Sent;
}

export async function get<Body = Record<string, unknown>>({ url }: Served, path: string): Promise<Body> {
  const response = await fetch(url + path);
  expect(response.status).toBe(200);
  return (await response.json()) as Body;
}

export const mcp = { accept: "application/json, text/event-stream" };

export async function rpc<Result>({ url }: Served, method: string, params: object): Promise<Result> {
  const response = await post(`${url}/mcp`, { jsonrpc: "2.0", id: 1, method, params }, mcp);
  const text = await response.text();
  const answers = [...text.matchAll(/^data: (\{.*)$/gm)].map(
    ([, data = "{}"]) => JSON.parse(data) as { result: Result },
  );
  const [answer] = answers.slice(-1);
  if (answer === undefined) throw new Error(`no answer in ${text}`);
  return answer.result;
}

export interface ToolResult {
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
}

export async function tool(served: Served, name: string, args: object): Promise<string> {
  const { content, isError } = await rpc<ToolResult>(served, "tools/call", { name: `bridge_${name}`, arguments: args });
  return `${isError === true ? "error: " : ""}${content[0]?.text ?? ""}`;
}

/** A store that counts its reads. */
export function counted(store: Store): { readonly store: Store; reads(): number } {
  let reads = 0;
  const read: Store["read"] = (...args) => {
    reads += 1;
    return store.read(...args);
  };
  return { store: { ...store, read }, reads: () => reads };
}

/** A log that keeps what it is told, at every level. */
export function recorder() {
  const lines: string[] = [];
  const keep = (details: object, message: string) => void lines.push(inspect({ details, message }, { depth: 20 }));
  return { lines, error: keep, warn: keep, info: keep, debug: keep };
}
