import fc from "fast-check";

/** Bytes that are near enough to requests to get past the parser, and not quite. */

const latin1 = (text: string) => Buffer.from(text, "latin1");
const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array).toString("latin1"));
const often = <T>(value: fc.Arbitrary<T>) => ({ weight: 6, arbitrary: value });

const paths = [
  "/api/send",
  "/api/ack",
  "/api/clear",
  "/api/messages",
  "/api/channels",
  "/api/state",
  "/status",
  "/mcp",
];
const streams = ["/events", "/events/channel/c", "/sse", "/messages/?session_id=x", "/api/openapi.json", "/", "*"];
const targets = fc.oneof(
  often(fc.constantFrom(...paths)),
  fc.constantFrom(...streams),
  fc.tuple(fc.constantFrom(...paths, ...streams), bytes).map(([path, query]) => `${path}?channel=${query}`),
  fc.constantFrom("http://localhost/status", "http://evil.example/api/send", "//", "/%", "/..%2f..", "localhost:80"),
  bytes,
);
const methods = fc.oneof(
  often(fc.constantFrom("GET", "POST")),
  fc.constantFrom("PUT", "HEAD", "OPTIONS", "DELETE", "CONNECT", "TRACE", "PRI", "get", ""),
  bytes,
);
const versions = fc.oneof(
  often(fc.constant("HTTP/1.1")),
  fc.constantFrom("HTTP/1.0", "HTTP/0.9", "HTTP/2.0", ""),
  bytes,
);

const usual = ["Host: localhost", "Content-Type: application/json", "Accept: application/json, text/event-stream"];
const odd = [
  "Host: evil.example",
  "Host:",
  "Origin: null",
  "Expect: 100-continue",
  "Upgrade: websocket",
  "Connection: upgrade",
  "Connection: keep-alive, close",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: gzip, chunked",
  "Content-Length: -1",
  "Content-Length: 1e3",
  "Content-Length: 99999999999999999999",
  "Content-Encoding: gzip",
  "Content-Type: text/plain",
  "Last-Event-ID: \u0000\u00ff",
  "MCP-Protocol-Version: 9999-99-99",
  "Mcp-Session-Id: x",
  "X-Forwarded-For: 10.0.0.1",
  " folded",
  "no colon",
];
const headers = fc.oneof(
  fc.constantFrom(...odd),
  fc
    .tuple(fc.constantFrom("X", "Host", "Last-Event-ID", "Authorization", "Cookie"), bytes)
    .map((pair) => pair.join(": ")),
  fc.integer({ min: 100, max: 20_000 }).map((length) => `X-Long: ${"x".repeat(length)}`),
);

const contents = fc.oneof(
  often(fc.constant('{"channel":"fuzz","sender":"a","content":"x"}')),
  fc.json({ maxDepth: 4 }),
  fc.constantFrom("[".repeat(5000), '{"a":'.repeat(2000), "\u00ff\u00fe", "\ufeff{}", "null", ""),
  bytes,
);

/** The body as it is framed: rightly, or with a length or chunks that lie. */
const bodies = fc
  .tuple(contents, fc.constantFrom("length", "length", "length", "short", "long", "chunked", "broken chunks", "none"))
  .map(([content, framing]) => {
    switch (framing) {
      case "length":
        return `Content-Length: ${latin1(content).length}\r\n\r\n${content}`;
      case "short":
        return `Content-Length: ${Math.floor(content.length / 2)}\r\n\r\n${content}`;
      case "long":
        return `Content-Length: ${content.length + 500}\r\n\r\n${content}`;
      case "chunked":
        return `Transfer-Encoding: chunked\r\n\r\n${content.length.toString(16)}\r\n${content}\r\n0\r\n\r\n`;
      case "broken chunks":
        return `Transfer-Encoding: chunked\r\n\r\n-5\r\n${content}\r\nzz;x=\r\n`;
      case "none":
        return `\r\n${content}`;
    }
  });

const heads = fc.tuple(
  fc.oneof(often(fc.constant(usual)), fc.subarray(usual)),
  fc.oneof(often(fc.constant([])), fc.array(headers, { maxLength: 3 })),
);

const built = fc
  .tuple(methods, targets, versions, heads, bodies)
  .map(([method, target, version, head, body]) =>
    latin1(`${method} ${target} ${version}\r\n${head.flat().join("\r\n")}\r\n${body}`),
  );

/** What a bad line does to bytes. */
interface Damage {
  readonly kind: "none" | "cut" | "repeat" | "change" | "insert";
  /** How far into the bytes, from 0 to 1. */
  readonly at: number;
  readonly byte: number;
}

const damages: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom("none", "none", "cut", "repeat", "change", "insert"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  byte: fc.integer({ min: 0, max: 255 }),
});

function damaged(request: Buffer, { kind, at, byte }: Damage): Buffer {
  const place = Math.floor(at * request.length);
  const [before, after] = [request.subarray(0, place), request.subarray(place)];
  switch (kind) {
    case "cut":
      return before;
    case "repeat":
      return Buffer.concat([request, before]);
    case "change":
      return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)]);
    case "insert":
      return Buffer.concat([before, Buffer.from([byte]), after]);
    case "none":
      return request;
  }
}

const right = latin1(
  `POST /api/send HTTP/1.1\r\n${usual.join("\r\n")}\r\nContent-Length: 45\r\n\r\n{"channel":"fuzz","sender":"a","content":"x"}`,
);

/** From nothing like a request to all but one. */
export const requests = fc
  .tuple(fc.oneof({ weight: 3, arbitrary: built }, fc.constant(right)), damages)
  .map(([request, damage]) => damaged(request, damage));

const cursor = fc.oneof(
  bytes.map((text) => text.replaceAll(/[\r\n]/g, "")),
  fc.uuid(),
  fc.bigInt({ min: 0n, max: 1n << 130n }).map((value) => `e:${value}`),
  fc.string({ unit: "binary", minLength: 250, maxLength: 270 }),
  fc.constantFrom("beginning", "0", "-1", "null", " ", "\t", "%00"),
);

/** A live stream that is resumed from anything, in the header or in the query. */
export const resumes = fc
  .tuple(cursor, fc.constantFrom("/events/channel/fuzz", "/events?channels=*"), fc.boolean())
  .map(([text, path, inHeader]) => {
    const query = `${path}${path.includes("?") ? "&" : "?"}since_id=${encodeURIComponent(text.toWellFormed())}`;
    const head = inHeader ? `GET ${path} HTTP/1.1\r\nLast-Event-ID: ${text}` : `GET ${query} HTTP/1.1`;
    return latin1(`${head}\r\nHost: localhost\r\n\r\n`);
  });

const frame = fc.record(
  {
    jsonrpc: fc.oneof(often(fc.constant("2.0")), fc.jsonValue()),
    id: fc.oneof(often(fc.integer()), fc.jsonValue()),
    method: fc.oneof(
      often(fc.constantFrom("tools/call", "tools/list", "initialize", "ping", "notifications/cancelled")),
      fc.jsonValue(),
    ),
    params: fc.oneof(
      often(
        fc.record({ name: fc.constantFrom("bridge_send", "bridge_receive", "bridge_ack"), arguments: fc.jsonValue() }),
      ),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);

/** JSON-RPC, whole, in batches or damaged; never with a line feed, which ends a frame over stdio. */
export const frames = fc
  .tuple(fc.oneof(often(frame), fc.array(frame, { maxLength: 3 }), fc.jsonValue()), damages)
  .map(([value, damage]) => damaged(latin1(JSON.stringify(value)), damage))
  .map((text) => Buffer.from(text.map((byte) => (byte === 10 || byte === 13 ? 32 : byte))));
