import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bin } from "./real-clients/product.ts";
import { cleanUp, startCli, temporaryFolder } from "./support/cli.ts";
import { startShim } from "./support/stand-in-shim.ts";

let home: string;
beforeEach(() => {
  home = temporaryFolder();
});
afterEach(cleanUp);
const patience = { timeout: 10_000 };
const here = (pid = process.pid) =>
  startShim({ state: join(home, ".local/state/claude-bridge"), project: home, pid, parent: process.pid });

it("the monitor prints a line for each nudge, and nothing else", async () => {
  const shim = await here();
  const cli = startCli(["monitor"], { cwd: home });
  await expect.poll(shim.ways, patience).toEqual(["monitor"]);
  shim.nudge("1 unread for you in a:b.\nCall bridge_receive.");
  shim.nudge("2 unread for you in a:b. Call bridge_receive.");
  await cli.printed(/2 unread/);
  expect(cli.stdout()).toBe(
    "1 unread for you in a:b. Call bridge_receive.\n2 unread for you in a:b. Call bridge_receive.\n",
  );
  expect(cli.stderr()).toBe("");
});

it("the monitor finds the shim that comes after", async () => {
  const cli = startCli(["monitor"], { cwd: home });
  const first = await here();
  await expect.poll(first.ways, patience).toEqual(["monitor"]);
  await first.stop();
  const second = await here();
  await expect.poll(second.ways, patience).toEqual(["monitor"]);
  second.nudge("back");
  await cli.printed(/^back\n$/);
});

it("the monitor ends when the process that started it has ended", async () => {
  const script = `require("node:child_process").spawn(process.execPath, [${JSON.stringify(bin)}, "monitor"], { stdio: "inherit" });
    process.stdin.resume();`;
  const parent = spawn(process.execPath, ["-e", script], {
    cwd: home,
    env: { HOME: home },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const shim = await here();
  await expect.poll(shim.ways, patience).toEqual(["monitor"]);
  parent.kill("SIGKILL");
  // Its end of our pipe closes with it.
  await once(parent.stdout.resume(), "close");
  await expect.poll(shim.ways, patience).toEqual([]);
});
