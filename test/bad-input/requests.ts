import { request } from "./raw.ts";

/** A request that is no proper HTTP, or names no host of ours: its bytes, and the status of the refusal. */
export type BadRequest = readonly [what: string, bytes: Buffer, status: number];

const host = "Host: 127.0.0.1";
const json = "Content-Type: application/json";
const body = '{"channel":"c","sender":"s","content":"x"}';
const length = `Content-Length: ${body.length}`;

const post = (headers: readonly string[], content: string | Buffer = body) =>
  request("POST /api/send", [host, json, ...headers], content);
const chunked = (content: string) => post(["Transfer-Encoding: chunked"], content);
const chunk = (size: number) => `${size.toString(16)}\r\n${"a".repeat(size)}\r\n`;

export const badHosts: readonly BadRequest[] = [
  ["no Host", request("GET /status"), 400],
  ["no Host in HTTP/1.0", Buffer.from("GET /status HTTP/1.0\r\n\r\n"), 400],
  ["an empty Host", request("GET /status", ["Host: "]), 400],
  ["a foreign Host", request("GET /status", ["Host: evil.example"]), 400],
  ["a Host that only begins as ours", request("GET /status", ["Host: 127.0.0.1.evil.example"]), 400],
  ["a Host that only ends as ours", request("GET /status", ["Host: evil-localhost"]), 400],
  ["a user in the Host", request("GET /status", ["Host: evil@127.0.0.1"]), 400],
  ["a user and a password in the Host", request("GET /status", ["Host: a:b@127.0.0.1:80"]), 400],
  ["a path in the Host", request("GET /status", ["Host: 127.0.0.1/x"]), 400],
  ["two hosts in the Host", request("GET /status", ["Host: 127.0.0.1, evil.example"]), 400],
  ["a blank in the Host", request("GET /status", ["Host: 127.0.0.1 evil"]), 400],
  ["a port that is none", request("GET /status", ["Host: 127.0.0.1:abc"]), 400],
  ["a port beyond all ports", request("GET /status", ["Host: 127.0.0.1:99999"]), 400],
  ["an address in disguise", request("GET /status", ["Host: 2130706433"]), 400],
  ["an unclosed bracket", request("GET /status", ["Host: [::1"]), 400],
  ["bytes beyond ASCII in the Host", request("GET /status", ["Host: 127.0.0.1\xff"]), 400],
  ["two Hosts", request("GET /status", [host, "Host: evil.example"]), 400],
  ["the same Host twice", request("GET /status", [host, host]), 400],
  ["a foreign Host for the dashboard", request("GET /", ["Host: evil.example"]), 400],
  ["a foreign Host for a stream", request("GET /events/channel/c", ["Host: evil.example"]), 400],
  ["a foreign Host for MCP", request("POST /mcp", ["Host: evil.example", json, "Content-Length: 2"], "{}"), 400],
];

export const badOrigins: readonly BadRequest[] = [
  ["a foreign Origin", request("GET /status", [host, "Origin: https://evil.example"]), 403],
  ["a foreign Origin that asks first", request("OPTIONS /api/send", [host, "Origin: https://evil.example"]), 403],
  ["a foreign Origin that writes", post([length, "Origin: https://evil.example"]), 403],
  ["the Origin null", request("GET /status", [host, "Origin: null"]), 403],
  ["an empty Origin", request("GET /status", [host, "Origin: "]), 403],
  ["an Origin that only begins as ours", request("GET /status", [host, "Origin: http://127.0.0.1.evil.example"]), 403],
  ["our Origin with a user", request("GET /status", [host, "Origin: http://evil@127.0.0.1"]), 403],
  ["another port of our host", request("GET /status", [host, "Origin: http://127.0.0.1:1"]), 403],
  ["another scheme", request("GET /status", [host, "Origin: file://127.0.0.1"]), 403],
  ["two Origins", request("GET /status", [host, "Origin: http://127.0.0.1", "Origin: https://evil.example"]), 403],
];

export const badHeads: readonly BadRequest[] = [
  ["no HTTP", Buffer.from("hello\r\n\r\n"), 400],
  ["a TLS greeting", Buffer.from([0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]), 400],
  ["an unknown method", request("BREW /status", [host]), 400],
  ["a target without a slash", request("GET status", [host]), 400],
  ["the target *", request("GET *", [host]), 400],
  ["OPTIONS *", request("OPTIONS *", [host]), 400],
  ["a target with a raw byte beyond ASCII", request("GET /\xff\xfe", [host]), 400],
  ["a target with a control", request("GET /a\u0001b", [host]), 400],
  ["line ends without CR", Buffer.from("GET /status HTTP/1.1\nHost: 127.0.0.1\n\n"), 400],
  ["another HTTP", Buffer.from("GET /status HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n"), 400],
  ["NUL in a header", request("GET /status", [host, "X-A: a\0b"]), 400],
  ["CR in a header", request("GET /status", [host, "X-A: a\rb"]), 400],
  ["LF in a header", request("GET /status", [host, "X-A: a\nX-B b"]), 400],
  ["a blank before the colon", request("GET /status", [host, "X-A : a"]), 400],
  ["a header without a name", request("GET /status", [host, ": a"]), 400],
  ["a folded header", request("GET /status", [" folded", host]), 400],
  ["a path that climbs", request("GET /../../etc/passwd", [host]), 404],
  ["a path that climbs in disguise", request("GET /%2e%2e/%2E%2E/etc/passwd", [host]), 404],
  ["a path that climbs with backslashes", request("GET /..\\..\\etc\\passwd", [host]), 400],
  ["a header of 20 kB", request("GET /status", [host, `X-A: ${"a".repeat(20_000)}`]), 431],
  ["5000 headers", request("GET /status", [host, ...Array.from({ length: 5000 }, () => "a:b")]), 431],
  ["a target of 20 kB", request(`GET /${"a".repeat(20_000)}`, [host]), 431],
];

export const badBodies: readonly BadRequest[] = [
  ["a Content-Length over the limit", post(["Content-Length: 262145"]), 413],
  ["a Content-Length of gigabytes", post(["Content-Length: 99999999999"]), 413],
  ["a Content-Length of more than comes", post(["Content-Length: 1000"]), 400],
  ["a Content-Length of less than comes", post(["Content-Length: 10"]), 400],
  ["a negative Content-Length", post(["Content-Length: -1"]), 400],
  ["a Content-Length that is no number", post(["Content-Length: abc"]), 400],
  ["a Content-Length with a plus", post([`Content-Length: +${body.length}`]), 400],
  ["two Content-Lengths", post([length, "Content-Length: 6"]), 400],
  ["the same Content-Length twice", post([length, length]), 400],
  ["a list of Content-Lengths", post([`${length}, ${body.length}`]), 400],
  ["a Content-Length and chunks", post([length, "Transfer-Encoding: chunked"], "0\r\n\r\n"), 400],
  ["neither length nor chunks", post([], ""), 400],
  ["an encoding that we do not have", post(["Transfer-Encoding: gzip"], "xx"), 400],
  ["chunks within chunks", post(["Transfer-Encoding: chunked, chunked"], "0\r\n\r\n"), 400],
  ["a chunk of no size", chunked("zz\r\n"), 400],
  ["a chunk of no size after a good one", chunked('5\r\n{"cha\r\nzz\r\n'), 400],
  ["a chunk of a negative size", chunked("-5\r\nhello\r\n0\r\n\r\n"), 400],
  ["a chunk that is longer than its size", chunked("1\r\nabc\r\n0\r\n\r\n"), 400],
  ["a chunk that does not end", chunked('ffff\r\n{"cha'), 400],
  ["chunks that do not end", chunked('5\r\n{"cha\r\n'), 400],
  ["chunks over the limit", chunked(`${chunk(65_536).repeat(5)}0\r\n\r\n`), 413],
  ["chunks far over the limit", chunked(`${chunk(65_536).repeat(64)}0\r\n\r\n`), 413],
  [
    "chunks over the limit for MCP",
    request("POST /mcp", [host, json, "Transfer-Encoding: chunked"], `${chunk(65_536).repeat(5)}0\r\n\r\n`),
    413,
  ],
  ["no media type", request("POST /api/send", [host, length], body), 415],
];
