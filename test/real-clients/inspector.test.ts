import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { z } from "zod";
import { type BridgeProcess, startBridge } from "./bridge-process.ts";
import { run } from "./child.ts";
import { everyTool } from "./tool-names.ts";
import { describeWithClients } from "./with-clients.ts";

const listing = z.object({ result: z.object({ tools: z.array(z.looseObject({ name: z.string() })) }) });
const answer = z.object({ result: z.object({ content: z.array(z.looseObject({ text: z.string() })) }) });

const targets: readonly { name: string; target(bridge: BridgeProcess): readonly string[] }[] = [
  { name: "http", target: ({ url }) => [`${url}/mcp`, "--transport", "http"] },
  { name: "sse", target: ({ url }) => [`${url}/sse`, "--transport", "sse"] },
  { name: "stdio", target: ({ stdio: { command, args } }) => [command, ...args] },
];

describeWithClients("The MCP Inspector", ({ inspector }) => {
  it.each(targets)("lists and calls our tools over $name", async ({ target }) => {
    const bridge = await startBridge();
    const inspect = (...flags: string[]) =>
      run({
        file: process.execPath,
        args: [inspector, "--cli", ...target(bridge), ...flags, "--format", "json"],
        cwd: tmpdir(),
        env: { PATH: process.env["PATH"], HOME: tmpdir() },
      });

    const listed = await inspect("--method", "tools/list", "--strict");
    expect(listed).toMatchObject({ code: 0 });
    const { tools } = listing.parse(JSON.parse(listed.stdout)).result;
    expect(tools.map(({ name }) => name).toSorted()).toEqual(everyTool);

    const called = await inspect("--method", "tools/call", "--tool-name", "bridge_ping");
    expect(called).toMatchObject({ code: 0 });
    const { content } = answer.parse(JSON.parse(called.stdout)).result;
    expect(content[0]?.text).toContain("Claude Bridge online");
  });
});
