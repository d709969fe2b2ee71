import { createServer } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { badPosts, jsonPaths } from "./bad-input/posts.ts";
import { badGets, forgivenGets, methods } from "./bad-input/gets.ts";
import { exchange, type RawAnswer } from "./bad-input/raw.ts";
import { badBodies, badHeads, badHosts, badOrigins, type BadRequest } from "./bad-input/requests.ts";
import { badCalls, badRpc } from "./bad-input/tools.ts";
import { json, post, serve, type Served } from "./support/face.ts";

vi.mock("node:http", { spy: true });

/** Whatever comes in: a refusal that says what is wrong, nothing in the log, and a bridge that still answers. */

let bridge: Served;
let loggedBefore = 0;

beforeAll(async () => {
  bridge = await serve();
});
afterEach(async () => {
  const logged = bridge.errors.slice(loggedBefore);
  loggedBefore = bridge.errors.length;
  expect(logged).toEqual([]);
  expect((await fetch(`${bridge.url}/status`)).status).toBe(200);
});
afterAll(() => bridge.close());

interface Refusal {
  readonly error: string;
  readonly code: string;
  readonly field?: string;
}

async function refusalOf(response: Response): Promise<Refusal> {
  expect(response.headers.get("content-type")).toBe("application/json");
  return (await response.json()) as Refusal;
}

const refusal = { error: expect.stringMatching(/./), code: expect.stringMatching(/^[a-z_]+$/) };

/** The field itself, or a part of it: `message.content`. */
const fieldOrPart = (field: string) => expect.stringMatching(new RegExp(`^${field}(\\.|$)`));

describe("a POST that is wrong", () => {
  it.each(badPosts)("to $path: $what", async ({ path, body, status, field }) => {
    const response = await fetch(bridge.url + path, { method: "POST", headers: mcpHeaders, body });
    const answer = await refusalOf(response);
    expect(response.status).toBe(status);
    expect(answer).toMatchObject({
      ...(path === "/mcp" ? {} : refusal),
      ...(field === undefined ? {} : { field: fieldOrPart(field) }),
    });
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonx",
    "json",
  ])("is refused as %s, whatever it says", async (type) => {
    for (const path of [...jsonPaths, "/messages/?session_id=x", "/api/admin/reload"]) {
      const response = await fetch(bridge.url + path, {
        method: "POST",
        headers: { "content-type": type },
        body: "{}",
      });
      expect(await refusalOf(response)).toMatchObject({ code: "unsupported_media_type", field: "Content-Type" });
      expect(response.status).toBe(415);
    }
  });

  it.each([
    ["", 400, "session_id"],
    ["?session_id=", 400, "session_id"],
    ["?session_id=0123456789abcdef0123456789abcdef", 404, undefined],
    ["?session_id=%00", 404, undefined],
    ["?session_id=__proto__", 404, undefined],
    ["?session_id=%ff", 400, "session_id"],
  ])("to /messages/%s has no session: %i", async (query, status, field) => {
    const response = await post(`${bridge.url}/messages/${query}`, {});
    expect(await refusalOf(response)).toMatchObject({ ...refusal, ...(field && { field }) });
    expect(response.status).toBe(status);
  });

  it.each([
    ["no body", "", 400],
    ["half a body", "{", 400],
    ["100,000 brackets", "[".repeat(100_000), 400],
    ["a body over the limit", "[".repeat(300_000), 413],
  ])("to the limits with %s changes nothing", async (_what, body, status) => {
    const response = await fetch(`${bridge.url}/api/admin/reload`, { method: "POST", headers: json, body });
    expect(await refusalOf(response)).toMatchObject(refusal);
    expect(response.status).toBe(status);
  });
});

describe("a GET that is wrong", () => {
  it.each(badGets)("of $path: $status", async ({ path, status, field }) => {
    const response = await fetch(bridge.url + path);
    const answer = await refusalOf(response);
    expect(response.status).toBe(status);
    expect(answer).toMatchObject({ ...refusal, ...(field && { field }) });
  });

  it.each(forgivenGets)("but only odd is answered: %s", async (path) => {
    const response = await fetch(bridge.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
  });
});

describe("a cursor of another channel", () => {
  it("is not taken for one of this", async () => {
    const sent = await post(`${bridge.url}/api/send`, { channel: "there", sender: "s", content: "x" });
    const { id } = (await sent.json()) as { id: string };
    for (const path of ["/api/messages?channel=here", "/api/wait?channel=here"]) {
      const page = await fetch(`${bridge.url}${path}&since_id=${id}`);
      expect(await page.json()).toMatchObject({ warning: "since_id_not_found", messages: [] });
    }
    const acked = await post(`${bridge.url}/api/ack`, { channel: "here", consumer_id: "me", message_id: id });
    expect(acked.status).toBe(404);
  });
});

describe("a method that a path does not have", () => {
  const all = ["GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"];

  it.each(methods)("%s takes %s only", async (path, allowed) => {
    for (const method of all.filter((other) => other !== allowed)) {
      const response = await fetch(bridge.url + path, {
        method,
        ...(method === "GET" ? {} : { headers: json, body: "{}" }),
      });
      expect(await refusalOf(response)).toMatchObject({ code: "method_not_allowed" });
      expect([response.status, response.headers.get("allow")]).toEqual([405, expect.stringContaining(allowed)]);
    }
  });

  it.each(["/events/channel/c", "/events?channels=c", "/sse"])("HEAD of %s does not open a stream", async (path) => {
    expect((await fetch(bridge.url + path, { method: "HEAD" })).status).toBe(405);
  });

  it("POST /api/messages is told where to send", async () => {
    expect((await refusalOf(await post(`${bridge.url}/api/messages`, {}))).error).toContain("POST /api/send");
  });
});

describe("a request that is no proper HTTP", () => {
  it.each([...badHosts, ...badOrigins, ...badHeads, ...badBodies])(
    "%s",
    async (...[_what, bytes, status]: BadRequest) => {
      const answer = await exchange(bridge.url, bytes);
      expect(answer.status).toBe(status);
      expect(jsonIn(answer)).toMatchObject(refusal);
      expect(answer.head.toLowerCase()).toContain("x-content-type-options: nosniff");
    },
  );

  it("is not waited for: headers have 10 s to come and a request has 30", async () => {
    const other = await serve();
    await other.close();
    expect(createServer).toHaveBeenCalledWith(
      expect.objectContaining({ headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 }),
      expect.any(Function),
    );
  });

  it("is answered alike when it comes again", async () => {
    const [, bytes] = badHosts[0] ?? ["", Buffer.alloc(0)];
    const answers = [await exchange(bridge.url, bytes), await exchange(bridge.url, bytes)];
    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  });
});

/** The JSON of a body, chunked or not. */
function jsonIn({ head, body }: RawAnswer): unknown {
  expect(head.toLowerCase()).toContain("content-type: application/json");
  return JSON.parse(body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1)) as unknown;
}

const mcpHeaders = { ...json, accept: "application/json, text/event-stream" };

interface RpcAnswer {
  readonly error?: { readonly code: number; readonly message: string };
  readonly result?: { readonly isError?: boolean; readonly content: readonly { readonly text: string }[] };
}

async function rpc(body: string): Promise<RpcAnswer> {
  const response = await fetch(`${bridge.url}/mcp`, { method: "POST", headers: mcpHeaders, body });
  expect(response.status).toBeLessThan(500);
  const text = await response.text();
  return JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? text) as RpcAnswer;
}

const call = (tool: string, args: string) =>
  rpc(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":${JSON.stringify(tool)},"arguments":${args}}}`);

describe("a tool called with wrong arguments", () => {
  it.each(badCalls)("$tool: $what", async ({ tool, args, field }) => {
    const { result } = await call(tool, args);
    expect(result?.isError).toBe(true);
    expect(result?.content[0]?.text).toMatch(new RegExp(`\\b${field}\\b`));
  });

  it.each(["bridge_nope", "", "__proto__", "constructor", "Bridge_Ping", "bridge_ping "])(
    "no tool is called %j",
    async (tool) => {
      const { result } = await call(tool, "{}");
      expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/^unknown tool: /) }] });
    },
  );

  it.each([
    ["bridge_receive", '{"channel":"c","limit":501}'],
    ["bridge_receive", '{"channel":"c","limit":1000000}'],
    ["bridge_status", '{"per_channel":0}'],
    ["bridge_status", '{"per_channel":-5}'],
    ["bridge_status", '{"per_channel":51}'],
  ])("but only odd is answered: %s %s", async (tool, args) => {
    expect((await call(tool, args)).result?.isError).not.toBe(true);
  });
});

describe("a message that is no proper JSON-RPC", () => {
  it.each(badRpc)("to /mcp: %s", async (_what, body) => {
    expect(await rpc(body)).toMatchObject({ error: { code: expect.any(Number), message: expect.stringMatching(/./) } });
  });

  it.each([
    ["an unknown protocol version", { "mcp-protocol-version": "1999-01-01" }, 400],
    ["an Accept that takes no answer", { accept: "text/html" }, 406],
  ])("to /mcp with %s", async (_what, headers, status) => {
    const response = await post(
      `${bridge.url}/mcp`,
      { jsonrpc: "2.0", id: 1, method: "tools/list" },
      { ...mcpHeaders, ...headers },
    );
    expect(await refusalOf(response)).toMatchObject({ error: { code: expect.any(Number) } });
    expect(response.status).toBe(status);
  });

  it("to /mcp in a session of a bridge that was restarted is answered: there are no sessions to lose", async () => {
    const headers = { ...mcpHeaders, "mcp-session-id": "of-another-life" };
    const response = await post(`${bridge.url}/mcp`, { jsonrpc: "2.0", id: 1, method: "tools/list" }, headers);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("bridge_send");
  });

  it("to an open session is refused where it is posted, and the session goes on", async () => {
    const stream = await fetch(`${bridge.url}/sse`);
    const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const path = /^data: (\S+)/m.exec((await events?.read())?.value ?? "")?.[1];
    for (const body of ["5", "null", "[]", "{}", "[", "NaN", '"x"', "[".repeat(100_000)]) {
      const response = await post(bridge.url + path, body);
      expect(await refusalOf(response)).toMatchObject({ code: "invalid_input" });
    }
    await post(bridge.url + path, { jsonrpc: "2.0", id: 7, method: "ping" });
    expect((await events?.read())?.value).toContain('"id":7');
    await events?.cancel();
  });
});
