import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { startBridge } from "./bridge-process.ts";
import { startMessagesApi } from "./messages-api.ts";
import { connectHome } from "./on-bridge.ts";
import { inOrder } from "./script.ts";
import { inClaude } from "./tool-names.ts";
import { describeInTerminal } from "./with-clients.ts";

const isSlow = process.env["BRIDGE_SLOW"] === "1";
const idleMs = isSlow ? 600_000 : 20_000;
const how = isSlow ? "in ten minutes" : "in 20 s (with BRIDGE_SLOW=1: in ten minutes)";

describeInTerminal("Claude Code in a terminal, with the plugin and beside it one with an open wait", ({ claude }) => {
  it(
    `asks its model for nothing ${how} in which nobody writes to it (egg#2211)`,
    { timeout: idleMs + 120_000 },
    async () => {
      const bridge = await startBridge();
      const plugin = await connectHome(claude, bridge, "plugin");
      const quiet = await startMessagesApi(inOrder());
      await plugin.home.terminal(quiet.url);
      await plugin.mail.onlyAgent();

      const http = await connectHome(claude, bridge, "http", { env: { CLAUDE_CODE_MCP_AUTO_BACKGROUND_MS: "2000" } });
      const waits = await startMessagesApi(
        inOrder({ tool: inClaude("bridge_wait"), input: { timeout_seconds: 3600 } }),
      );
      const terminal = await http.home.terminal(waits.url);
      await terminal.enter("wait for work", () => waits.turns.all.length > 0);
      await waits.turns.first("turn that ends with the wait in the background", ({ results }) => results.length > 0);
      await expect.poll(() => bridge.openWaits(), { timeout: 20_000 }).toBeGreaterThan(0);

      const before = [quiet.requests(), waits.requests()];
      await bridge.send("demo:all", "news for nobody in particular");
      await pause(idleMs);
      expect([quiet.requests(), waits.requests()]).toEqual(before);
      expect(quiet.requests()).toBe(0);
      console.info(`idle for ${idleMs / 1000} s with the plugin and an open wait: 0 requests to the model`);
    },
  );
});
