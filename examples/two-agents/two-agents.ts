/**
 * Two agents on one bridge: the orchestrator gives a task and waits; the worker, who was waiting already, does
 * it and replies. It starts a bridge of its own, checks every step and fails loudly:
 *
 *   node examples/two-agents/two-agents.ts
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

const command = join(import.meta.dirname, "../../bin/claude-bridge.js");

const folder = await mkdtemp(join(tmpdir(), "two-agents-"));
const bridge = spawn(process.execPath, [command, "--port", "0", "--db", join(folder, "bridge.db"), "--json"], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const [banner] = (await once(createInterface(bridge.stdout), "line")) as [string];
  const { urls } = JSON.parse(banner) as { urls: { mcp: string } };

  const orchestrator = await connect("orchestrator", urls.mcp);
  const worker = await connect("worker", urls.mcp);

  // The worker waits first. It has seen nothing yet, so it reads from the beginning of its channel.
  const inbox = call(worker, "wait", { channel: "demo:worker", since_id: "beginning", timeout_seconds: 30 });
  const sent = await call(orchestrator, "send", {
    channel: "demo:worker",
    sender: "orchestrator",
    type: "task",
    to: "worker",
    content: "What is 6 times 7?",
    idempotency_key: "task-1",
  });
  const taskId = find(sent, / {2}id: (\S+)/);

  const task = await inbox;
  assert.match(task, /orchestrator @ .* type=task to=worker/);
  assert.match(task, /What is 6 times 7\?/);

  await call(worker, "send", {
    channel: "demo:orchestrator",
    sender: "worker",
    type: "result",
    to: "orchestrator",
    reply_to: taskId,
    content: "42",
  });
  await call(worker, "ack", { channel: "demo:worker", consumer_id: "worker", message_id: taskId });

  const answer = await call(orchestrator, "wait", {
    channel: "demo:orchestrator",
    consumer_id: "orchestrator",
    timeout_seconds: 30,
  });
  assert.match(answer, new RegExp(`type=result to=orchestrator reply_to=${taskId}`));
  assert.match(answer, /\n42\n/);

  // What was acknowledged is not given again.
  const rest = await call(worker, "receive", { channel: "demo:worker", consumer_id: "worker" });
  assert.match(rest, /no messages after the cursor/);

  await Promise.all([orchestrator.close(), worker.close()]);
  console.log("two agents: task, answer and acknowledgement arrived");
} finally {
  bridge.kill();
  await rm(folder, { recursive: true, force: true });
}

async function connect(name: string, url: string): Promise<Client> {
  const client = new Client({ name, version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

async function call(client: Client, tool: string, args: Record<string, unknown>): Promise<string> {
  const result = await client.callTool({ name: `bridge_${tool}`, arguments: args });
  const text = result.content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
  assert.notEqual(result.isError, true, text);
  return text;
}

function find(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  assert.ok(found !== undefined, `no ${pattern} in ${text}`);
  return found;
}
