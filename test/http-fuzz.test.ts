import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { json, serve, type Served } from "./support/face.ts";

/** Whatever comes in is answered: with JSON or an event stream, never with a fault of ours. */

let bridge: Served;

beforeAll(async () => {
  // A stream that we have left may keep its seat for a moment.
  bridge = await serve({ caps: { maxStreams: 10_000, maxStreamsPerChannel: 10_000 } });
});
afterAll(async () => {
  expect(bridge.errors).toEqual([]);
  expect((await fetch(`${bridge.url}/status`)).status).toBe(200);
  await bridge.close();
});

const cases = { numRuns: 500 };

/** What is wrong with the answer; nothing, if it is one. */
async function faultOf(response: Response): Promise<string> {
  const type = response.headers.get("content-type") ?? "";
  if (response.status >= 500) return `status ${response.status}: ${await response.text()}`;
  if (type.startsWith("text/event-stream")) {
    await response.body?.cancel();
    return "";
  }
  const text = await response.text();
  if (response.status === 202) return "";
  if (type !== "application/json") return `type ${type}: ${text}`;
  JSON.parse(text);
  return "";
}

const postTo = (path: string, body: string) =>
  fetch(bridge.url + path, {
    method: "POST",
    headers: { ...json, accept: "application/json, text/event-stream" },
    body: new TextEncoder().encode(body),
  });

/** Text that is likely to be near what a field takes. */
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "c", "beginning", "*", "a*b", "__proto__", "\ud800", "\0", "\r\n", "x".repeat(300)),
);
const values = fc.oneof({ weight: 3, arbitrary: texts }, fc.jsonValue({ maxDepth: 3 }), fc.double(), fc.constant([]));

/** Objects with the right names and any values, and anything else that JSON can say, and what it cannot. */
const names = ["channel", "sender", "content", "message", "idempotency_key", "consumer_id", "message_id", "to", "type"];
const bodies = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(Object.fromEntries(names.map((name) => [name, values])), { requiredKeys: [] }).map(spell),
  },
  fc.json({ maxDepth: 5 }),
  fc.json().map((text) => text.slice(0, -1)),
  fc.string(),
);

/** As JSON, with halves of surrogate pairs escaped. */
function spell(value: unknown): string {
  return JSON.stringify(value);
}

describe.each(["/api/send", "/api/ack", "/api/clear", "/messages/?session_id=x"])("POST %s", (path) => {
  it("answers any body", async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        expect(await faultOf(await postTo(path, body))).toBe("");
      }),
      cases,
    );
  });
});

/** A parameter's value as it may stand in a URL: encoded, or with stray percent signs. */
const parameters = fc.oneof(
  texts.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.string({ unit: fc.constantFrom("%", "0", "f", "F", "a", "+", "*", ",", "/", ".", ":"), maxLength: 12 }),
  fc.double().map(String),
  fc.bigInt().map(String),
);
const queries = fc
  .dictionary(
    fc.constantFrom("channel", "channels", "since_id", "consumer_id", "limit", "full", "token", "x"),
    parameters,
    { maxKeys: 6 },
  )
  .map((query) =>
    Object.entries(query)
      .map(([name, value]) => `${name}=${value}`)
      .join("&"),
  );

const paths = ["/api/messages", "/api/wait", "/api/channels", "/api/state", "/events", "/events/channel/c", "/status"];

describe.each(paths)("GET %s", (path) => {
  it("answers any query", async () => {
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        expect(await faultOf(await fetch(`${bridge.url}${path}?timeout_seconds=0&${query}`))).toBe("");
      }),
      { numRuns: Math.ceil(cases.numRuns / paths.length) },
    );
  });
});

describe.each(["/api/messages/", "/events/channel/", "/"])("GET %s…", (prefix) => {
  it("answers any rest of the path", async () => {
    await fc.assert(
      fc.asyncProperty(parameters, async (rest) => {
        // The page itself is no JSON.
        fc.pre(!["/", "/icon.svg"].includes(new URL(bridge.url + prefix + rest).pathname));
        expect(await faultOf(await fetch(bridge.url + prefix + rest))).toBe("");
      }),
      { numRuns: 150 },
    );
  });
});

const tools = ["send", "receive", "wait", "ack", "channels", "status", "ping", "clear", "nope"].map(
  (name) => `bridge_${name}`,
);
const fields = [
  "channel",
  "channels",
  "sender",
  "content",
  "since_id",
  "consumer_id",
  "message_id",
  "limit",
  "max_chars",
];
const calls = fc.record(
  {
    jsonrpc: fc.oneof({ weight: 5, arbitrary: fc.constant("2.0") }, values),
    id: fc.oneof(fc.integer(), texts, values),
    method: fc.oneof(
      { weight: 5, arbitrary: fc.constant("tools/call") },
      fc.constantFrom("tools/list", "initialize", "ping"),
      values,
    ),
    params: fc.oneof(
      fc.record({
        name: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...tools) }, values),
        // A wait that is right in everything else must not wait.
        arguments: fc
          .record(Object.fromEntries(fields.map((name) => [name, values])), { requiredKeys: [] })
          .map((args) => ({ ...args, timeout_seconds: 0 })),
      }),
      values,
    ),
  },
  { requiredKeys: ["jsonrpc"] },
);

describe("POST /mcp", () => {
  it("answers any call, and anything that is none", async () => {
    const messages = fc.oneof(
      { weight: 5, arbitrary: calls.map(spell) },
      fc.array(calls, { maxLength: 3 }).map(spell),
      bodies,
    );
    await fc.assert(
      fc.asyncProperty(messages, async (body) => {
        expect(await faultOf(await postTo("/mcp", body))).toBe("");
      }),
      cases,
    );
  });
});
