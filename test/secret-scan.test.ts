import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterEach, describe, expect, it } from "vitest";
import type { SecretScanMode } from "../src/core/secret-scan.ts";
import { logSecrets } from "../src/serve/secret-log.ts";
import { post, serve, type Served } from "./support/face.ts";

/** In parts: it is nobody's, and should not look like somebody's to those who search this file. */
const secret = ["ghp", "q7Zt1Kx9Lm3Vb8Rc2Wn6Yd4Hs5Jf0Pg7TaUe"].join("_");
const random = secret.slice(4);
const to = { channel: "demo:a", sender: "mac" };
const envelope = { schema_version: 1, type: "task", content: { token: secret } };

let served: Served;
let log: string[];
afterEach(() => served.close());

async function start(mode: SecretScanMode): Promise<void> {
  log = [];
  const report = logSecrets({ warn: (...line) => void log.push(JSON.stringify(line)) });
  served = await serve({ secretScan: { mode, report } });
}

async function send(body: object): Promise<{ readonly status: number; readonly text: string }> {
  const response = await post(`${served.url}/api/send`, { ...to, ...body });
  return { status: response.status, text: await response.text() };
}

async function sendAsTool(content: string): Promise<{ readonly isError: boolean; readonly text: string }> {
  const client = new Client({ name: "test", version: "0" });
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", served.url)));
  const result = await client.callTool({ name: "bridge_send", arguments: { ...to, content } });
  await client.close();
  return { isError: result.isError === true, text: JSON.stringify(result.content) };
}

const stored = async () => (await (await fetch(`${served.url}/api/messages?channel=demo:a`)).json()) as object;

describe("a message that looks like it holds a credential", () => {
  it("is stored with a warning that says where it is", async () => {
    await start("warn");
    const { status, text } = await send({ content: `key: ${secret}` });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      receipt: "stored",
      warnings: ["content looks like it holds a GitHub token (characters 6-45)"],
    });
    expect((await sendAsTool(secret)).text).toContain(
      "\\n  warning: content looks like it holds a GitHub token (characters 1-40)",
    );
    expect(await stored()).toMatchObject({ messages: [{}, {}] });
  });

  it("is looked into in an envelope, short or whole", async () => {
    await start("warn");
    expect((await send({ content: secret, to: "win" })).text).toContain("content looks like");
    expect((await send({ message: envelope })).text).toContain("message looks like it holds a GitHub token");
  });

  it("is refused where the operator wants that, and says what to do", async () => {
    await start("refuse");
    const { status, text } = await send({ content: `key: ${secret}` });
    expect(status).toBe(422);
    expect(JSON.parse(text)).toEqual({
      error:
        "content looks like it holds a GitHub token (characters 6-45): nothing was stored; remove it and send again, or ask the bridge's operator for --secret-scan warn",
      code: "secret_refused",
      field: "content",
    });
    expect((await send({ message: envelope })).status).toBe(422);
    const tool = await sendAsTool(secret);
    expect(tool.isError).toBe(true);
    expect(tool.text).toContain("secret_refused: content looks like it holds a GitHub token (characters 1-40)");
    expect(await stored()).toMatchObject({ messages: [] });
  });

  it("uses up no idempotency key when it is refused", async () => {
    await start("refuse");
    await send({ content: secret, idempotency_key: "k" });
    const { status, text } = await send({ content: "without it", idempotency_key: "k" });
    expect([status, text]).toEqual([200, expect.stringContaining('"deduplicated":false')]);
  });

  it("is nobody's business when the scan is off", async () => {
    await start("off");
    expect((await send({ content: secret })).text).not.toContain("warnings");
    expect(log).toEqual([]);
  });

  it.each(["warn", "refuse"] as const)("gets a line in the log, and is itself in none (%s)", async (mode) => {
    await start(mode);
    const answers = [await send({ content: secret }), await send({ message: envelope }), await sendAsTool(secret)];
    const fate = mode === "warn" ? "let through" : "refused";
    const line = [{ rules: ["github-token"], ...to }, `a message that looks like it holds a secret was ${fate}`];
    expect(log.map((entry) => JSON.parse(entry) as unknown)).toEqual([line, line, line]);
    expect(log.join() + answers.map(({ text }) => text).join()).not.toContain(random);
    expect(served.errors).toEqual([]);
  });
});
