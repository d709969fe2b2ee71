import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";

let home: BridgeHome;
beforeEach(() => {
  home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada" } });
});
afterEach(cleanUp);

const complete = async (...words: readonly string[]) => {
  const { code, stdout, stderr } = await home.run("completion", "--complete", "--", ...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0]]));
};

describe("completion", () => {
  it("knows commands, those below a word, flags and shells", async () => {
    expect(await complete("se")).toEqual(["serve", "send", "search", "sessions"]);
    expect(await complete("token", "ro")).toEqual(["rotate"]);
    expect(await complete("send", "a:b", "--th")).toEqual(["--thread"]);
    expect(await complete("completion", "")).toEqual(["bash", "zsh", "fish", "powershell"]);
    expect(await complete("export", "--format", "m")).toEqual(["md"]);
  });

  it("knows the channels and agents that there are, but for names that a shell would obey", async () => {
    await home.startRelay();
    for (const channel of ["payments:worker", "$(touch pwned)", "a b", "-rf"]) {
      await home.run("send", "--as", "mac/lead", "--", channel, "x");
    }
    expect(await complete("sub", "pay")).toEqual(["payments:worker"]);
    expect(await complete("send", "")).toEqual(["payments:worker", "@mac/lead"]);
    expect(await complete("send", "payments:worker", "--to", "")).toEqual(["mac/lead", "you"]);
  });

  it("is silent where there is no bridge", async () => {
    expect(await complete("sub", "")).toEqual([]);
  });

  it.each(["zsh", "fish", "powershell"])("has a script for %s that asks the program", async (shell) => {
    expect((await home.run("completion", shell)).stdout).toContain("claude-bridge completion --complete");
  });

  it("names the shells that it knows to who asks for another", async () => {
    const { code, stderr } = await home.run("completion", "tcsh");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "error: the shell must be one of bash, zsh, fish, powershell\n",
    });
  });
});

it("help cheat prints the page that cheat prints, without escapes", async () => {
  const { code, stdout, stderr } = await home.run("help", "cheat");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Start, and let another machine in\n/);
  expect(stdout).not.toContain("\u001b");
  expect((await home.run("cheat")).stdout).toBe(stdout);
});
