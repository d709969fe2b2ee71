import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Config, readConfig } from "../config.ts";
import { AlreadyRunning, listen, refuseSecondBridge } from "./listen.ts";

const servers = new Set<Server>();
afterEach(async () => {
  await Promise.all([...servers].map((server) => new Promise((resolve) => server.close(resolve))));
  servers.clear();
});

/** Somebody who listens on a free port of loopback and always gives the same answer. */
function somebody(answer: string): Promise<number> {
  const server = createServer((_request, response) => response.end(answer));
  servers.add(server);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

const aBridge = JSON.stringify({ service: "claude-bridge", status: "online", version: "9.8.7" });

const byDefault = (port: number): Config => ({
  ...readConfig({ flags: {}, env: {}, cwd: "/", homeDir: "/" }),
  port,
});

/** A face that finds these ports taken. */
function face(taken: readonly number[], code = "EADDRINUSE") {
  const tried: number[] = [];
  return {
    tried,
    async listen(_host: string, port: number) {
      tried.push(port);
      if (taken.includes(port)) throw Object.assign(new Error("listen"), { code });
      return { port };
    },
  };
}

describe("a bridge on the default port", () => {
  it("is found, with its version", async () => {
    const port = await somebody(aBridge);
    const refusal = refuseSecondBridge(byDefault(port));
    await expect(refusal).rejects.toBeInstanceOf(AlreadyRunning);
    await expect(refusal).rejects.toMatchObject({
      bridge: { url: `http://127.0.0.1:${port}`, version: "9.8.7", status: "online" },
    });
  });

  it.each(["hello", "null", '{"service":"other","version":"1"}', "x".repeat(100_000)])(
    "is not taken for one when it answers %.20s",
    async (answer) => {
      await expect(refuseSecondBridge(byDefault(await somebody(answer)))).resolves.toBeUndefined();
    },
  );

  it("is not looked for where a port was chosen", async () => {
    const port = await somebody(aBridge);
    await expect(refuseSecondBridge({ ...byDefault(port), isPortChosen: true })).resolves.toBeUndefined();
  });
});

describe("the port", () => {
  it("is the next free one when another program has the default one, and says so", async () => {
    const warnings: string[] = [];
    const { tried, listen: take } = face([8765, 8766]);
    await expect(listen({ listen: take }, byDefault(8765), (line) => warnings.push(line))).resolves.toBe(8767);
    expect(tried).toEqual([8765, 8766, 8767]);
    expect(warnings).toEqual(["port 8765 is in use by another program; using 8767"]);
  });

  it("is refused when the next twenty are taken too", async () => {
    const taken = Array.from({ length: 30 }, (_, index) => 8765 + index);
    const { tried, listen: take } = face(taken);
    await expect(listen({ listen: take }, byDefault(8765), () => undefined)).rejects.toThrow(
      "ports 8765 to 8785 are all in use; choose one with --port",
    );
    expect(tried).toHaveLength(21);
  });

  it("is never another one than was chosen", async () => {
    const port = await somebody("hello");
    const { tried, listen: take } = face([port]);
    await expect(listen({ listen: take }, { ...byDefault(port), isPortChosen: true }, () => undefined)).rejects.toThrow(
      `port ${port} is already in use; choose another with --port`,
    );
    expect(tried).toEqual([port]);
  });

  it.each([
    ["EACCES", "not allowed to listen on port 8765; choose another with --port"],
    ["EADDRNOTAVAIL", "127.0.0.1 is no address of this machine; choose another with --host"],
    ["ENOTFOUND", "the host name 127.0.0.1 has no address; choose another with --host"],
  ])("is refused in words when Node says %s", async (code, message) => {
    const { listen: take } = face([8765], code);
    await expect(listen({ listen: take }, byDefault(8765), () => undefined)).rejects.toThrow(message);
  });
});
