import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type BridgeProcess, startBridge } from "./bridge-process.ts";
import { everyTool } from "./tool-names.ts";

const eras = [
  { revision: "2025-11-25", mode: "legacy" as const },
  { revision: "2026-07-28", mode: { pin: "2026-07-28" } },
];

const transports = [
  {
    name: "Streamable HTTP",
    open: ({ url }: BridgeProcess) => new StreamableHTTPClientTransport(new URL("/mcp", url)),
  },
  { name: "stdio", open: ({ stdio }: BridgeProcess) => new StdioClientTransport(stdio) },
];

describe.each(transports)("The official client SDK over $name", ({ open }) => {
  describe.each(eras)("in $revision", ({ revision, mode }) => {
    async function connect(bridge: BridgeProcess): Promise<Client> {
      const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode } });
      onTestFinished(() => client.close());
      await client.connect(open(bridge));
      return client;
    }

    const textOf = ({ content }: Awaited<ReturnType<Client["callTool"]>>) =>
      content.map((part) => (part.type === "text" ? part.text : "")).join("");

    it("speaks that revision and finds every tool", async () => {
      const client = await connect(await startBridge());
      expect(client.getNegotiatedProtocolVersion()).toBe(revision);
      expect(client.getServerVersion()).toMatchObject({ name: "claude-bridge" });
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name).toSorted()).toEqual(everyTool);
    });

    it("sends and receives", async () => {
      const client = await connect(await startBridge());
      const letter = { channel: "demo:all", sender: "ada", content: "hello" };
      const sent = await client.callTool({ name: "bridge_send", arguments: letter });
      const received = await client.callTool({ name: "bridge_receive", arguments: { channel: "demo:all" } });
      expect(sent.isError).not.toBe(true);
      expect(textOf(received)).toContain("hello");
    });

    it("hears that a wait is alive, and then what came", async () => {
      const bridge = await startBridge();
      const client = await connect(bridge);
      const onprogress = vi.fn<() => void>();
      const wait = { channel: "demo:ada", since_id: "beginning", timeout_seconds: 60 };
      const waiting = client.callTool({ name: "bridge_wait", arguments: wait }, { onprogress });
      await expect.poll(() => onprogress.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(0);
      await bridge.send("demo:ada", "there is work");
      expect(textOf(await waiting)).toContain("there is work");
    });

    it("never gives one client what another with equal request ids has asked for", async () => {
      const bridge = await startBridge();
      const ada = await connect(bridge);
      const bob = await connect(bridge);
      const wait = (client: Client, name: string) => {
        const input = { channel: `demo:${name}`, since_id: "beginning", timeout_seconds: 60 };
        return client.callTool({ name: "bridge_wait", arguments: input }).then(textOf);
      };
      const answers = [wait(ada, "ada"), wait(bob, "bob")];
      await bridge.send("demo:bob", "for bob");
      await bridge.send("demo:ada", "for ada");
      expect(await Promise.all(answers)).toEqual([
        expect.stringContaining("for ada"),
        expect.stringContaining("for bob"),
      ]);
    });
  });
});
