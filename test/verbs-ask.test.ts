import { afterEach, beforeEach, expect, it } from "vitest";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp, startCli } from "./support/cli.ts";

let home: BridgeHome;
beforeEach(async () => {
  home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada" } });
  await home.startRelay();
  await home.run("send", "a:b", "here", "--as", "win");
});
afterEach(cleanUp);

it("ask waits for the answer, and prints that alone", async () => {
  const asking = startCli(["ask", "win", "Which one?", "--wait", "20", "--as", "mac"], { cwd: home.folder });
  const { id } = await home.ask<{ id: string }>("wait", "@win", "--after", "beginning", "--timeout", "15");
  await home.run("reply", id, "the first", "--as", "win");
  expect([await asking.exit, asking.stdout()]).toEqual([0, "the first\n"]);
});

it("cancel takes a question back, for whoever waits too", async () => {
  const { stdout } = await home.run("ask", "win", "Which one?", "--no-wait");
  expect(await home.run("cancel", stdout.trim(), "--reason", "found it")).toMatchObject({ code: 0 });
  expect((await home.run("show", stdout.trim())).stdout).toMatch(/receipt {2}win: stored · expired .+found it/);
});

it("needs has the questions to a person, and counts them", async () => {
  expect(await home.run("needs")).toMatchObject({ code: 0, stdout: "", stderr: "nothing needs you\n" });
  await home.run("ask", "you", "Ship it?", "--options", "yes,no", "--no-wait", "--as", "win");
  expect(await home.run("needs", "--count")).toMatchObject({ code: 0, stdout: "1\n" });
  expect((await home.run("needs")).stdout).toMatch(
    /^question {2}.+ 000002 .+ win: Ship it\? \[yes \| no\]\n {4}answer: /,
  );
  expect(await home.ask("needs")).toMatchObject({ v: 1, count: 1, questions: [{ text: "Ship it?" }] });
});
