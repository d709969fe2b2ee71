import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { bridgeHome, headersOf, type Invited, type Ran } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";

afterEach(cleanUp);

/** What every user of the machine can see of every process, looked at again and again until `stop`. */
function watchProcesses() {
  const seen = new Set<string>();
  const look = () => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
      } catch {
        // It has ended since.
      }
    }
  };
  const timer = setInterval(look, 5);
  return {
    stop(): string {
      clearInterval(timer);
      look();
      return [...seen].join("\n");
    },
  };
}

it.skipIf(process.platform !== "linux")(
  "no secret is in the list of processes, in a log, or said to anybody",
  async () => {
    const env = { CLAUDE_BRIDGE_LOG_LEVEL: "trace" };
    const mac = bridgeHome({ env });
    const win = bridgeHome({ env });
    const processes = watchProcesses();
    const relay = await mac.startRelay();
    const ran: Ran[] = [];
    const run = async (home: typeof mac, ...args: readonly string[]) => {
      const result = await home.run(...args);
      ran.push(result);
      return result;
    };

    const { code, urls } = await mac.ask<Invited>("invite");
    await run(win, "join", urls[0] ?? "", code, "--name", "win");
    const secrets = [(await headersOf(win))["Authorization"]?.slice("Bearer ".length) ?? ""];
    await run(win, "status");
    await run(win, "token", "rotate");
    secrets.push((await headersOf(win))["Authorization"]?.slice("Bearer ".length) ?? "");
    await run(mac, "token", "create", "ci", "--token-file", "ci.token");
    secrets.push(readFileSync(join(mac.folder, "ci.token"), "utf8").trim());
    secrets.push((JSON.parse(readFileSync(`${relay.facts.db}.relay.json`, "utf8")) as { token: string }).token);
    const link = await mac.run("open");
    secrets.push(link.stdout.trim().split("=")[1] ?? "");
    await run(mac, "machines");
    await run(mac, "token", "list");
    await run(mac, "audit", "export");
    await run(mac, "revoke", "win");
    await run(win, "status");
    await run(win, "token", "rotate", "--json");
    const list = processes.stop();

    expect(ran.map((result) => result.code)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 4, 4]);
    expect(secrets.map((secret) => secret.length > 20)).toEqual(secrets.map(() => true));
    const said = [
      list,
      relay.stdout(),
      relay.stderr(),
      link.stderr,
      ...ran.flatMap(({ stdout, stderr }) => [stdout, stderr]),
    ];
    expect(secrets.filter((secret) => said.some((text) => text.includes(secret)))).toEqual([]);
    expect(list).toContain("token");
  },
);

it("no token is in the report of a crash, nor is one that only the environment has", async () => {
  const home = bridgeHome({
    env: { CLAUDE_BRIDGE_AUTH_TOKEN: "a-token-of-the-environment" },
    node: ["--report-on-signal", "--report-signal=SIGUSR2", "--report-filename=report.json"],
  });
  const relay = await home.startRelay("--host", "127.0.0.1");
  await fetch(`${relay.url}/api/state`, { headers: { authorization: "Bearer a-token-of-the-environment" } });
  relay.kill("SIGUSR2");
  const report = () => readFileSync(join(home.folder, "report.json"), "utf8");
  await expect.poll(() => existsSync(join(home.folder, "report.json")) && report()).toMatch(/\}\s*$/);
  expect(report()).toContain("javascriptHeap");
  expect(report()).not.toContain("a-token-of-the-environment");
});
