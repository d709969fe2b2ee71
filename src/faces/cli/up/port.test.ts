import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../../config.ts";
import { startStranger, says } from "../../../../test/support/stranger.ts";
import { findPort } from "./port.ts";

let server: Server;
beforeEach(async () => {
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => server.close());

const config = (port: number) => ({
  ...readConfig({ flags: { port: String(port) }, env: {}, cwd: "/srv", homeDir: "/home/ada" }),
  isPortChosen: false,
});
const portOf = () => (server.address() as AddressInfo).port;

describe("the port of a relay", () => {
  it("is the next free one when a program has the default one, which is named where that can be seen", async () => {
    const found = await findPort(config(portOf()));
    expect(found.port).toBeGreaterThan(portOf());
    const own = process.platform === "win32" ? "another program" : ` (pid ${process.pid})`;
    expect(found.takenBy).toContain(own);
  });

  it("says when a bridge has it", async () => {
    const bridge = await startStranger(says(200, { service: "claude-bridge", status: "online", version: "1.2.3" }));
    const { takenBy } = await findPort(config(Number(new URL(bridge.url).port)));
    await bridge.close();
    expect(takenBy).toBe("claude-bridge 1.2.3 of another database");
  });

  it("is the one that was chosen, whoever has it, and the default one when nobody has", async () => {
    const port = portOf();
    expect(await findPort({ ...config(port), isPortChosen: true })).toEqual({ port, takenBy: undefined });
    server.close();
    await once(server, "close");
    expect(await findPort(config(port))).toEqual({ port, takenBy: undefined });
  });
});
