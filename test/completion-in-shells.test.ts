import { execFile, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { spawn } from "@lydell/node-pty";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { install } from "./support/apt-get.ts";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";
import { pathWithProgram } from "./support/path-with-program.ts";

/** What `completion` prints, in the shells that it is for, with the names of a bridge that runs. */

let home: BridgeHome;
let env: Record<string, string>;
beforeEach(async () => {
  home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "mac/lead" } });
  await home.startRelay();
  // A name that a shell would run is told to none of them.
  for (const channel of ["payments:worker", "payments:$(touch pwned)"]) await home.run("send", channel, "x");
  env = { PATH: pathWithProgram(home.folder), HOME: home.folder, TERM: "dumb" };
});
afterEach(async () => {
  expect(existsSync(join(home.folder, "pwned"))).toBe(false);
  await cleanUp();
});

/** Why there is none; undefined when there is one. */
function whyNo(shell: string): string | undefined {
  const isThere = () => spawnSync(shell, ["--version"]).status === 0;
  if (!isThere()) install(shell);
  return isThere() ? undefined : `${shell} is not there; as root: apt-get install ${shell}`;
}

async function scriptFor(shell: string): Promise<string> {
  const path = join(home.folder, `completion.${shell}`);
  writeFileSync(path, (await home.run("completion", shell)).stdout);
  return path;
}

const runIn = async (shell: string, ...args: readonly string[]) =>
  (await promisify(execFile)(shell, args, { cwd: home.folder, env })).stdout;

it("bash completes a word with a colon", async () => {
  const line = "claude-bridge sub payments:w";
  const probe = `. "${await scriptFor("bash")}"\nCOMP_WORDBREAKS=' :'; COMP_LINE='${line}'; COMP_POINT=${line.length}; _claude_bridge; printf '<%s>' "\${COMPREPLY[@]}"`;
  expect(await runIn("bash", "-c", probe)).toBe("<worker>");
});

const noFish = whyNo("fish");
describe.skipIf(noFish !== undefined)(`fish${noFish === undefined ? "" : `: ${noFish}`}`, () => {
  it.each([
    ["sub pay", "payments:worker\tchannel\n"],
    ["send @m", "@mac/lead\tdirect\n"],
    ["token ro", expect.stringMatching(/^rotate\t/)],
    ["send a:b --thr", expect.stringMatching(/^--thread\t/)],
    ["send a:b --file completion.f", "completion.fish\n"],
  ])("completes %s", async (typed, completed) => {
    const ask = `source "${await scriptFor("fish")}"; complete -C "claude-bridge ${typed}"`;
    expect(await runIn("fish", "--no-config", "-c", ask)).toEqual(completed);
  });
});

const noZsh = whyNo("zsh");
describe.skipIf(noZsh !== undefined)(`zsh${noZsh === undefined ? "" : `: ${noZsh}`}`, () => {
  it.each([
    ["sub pay", "sub payments:worker "],
    ["send @m", "send @mac/lead "],
    ["token ro", "token rotate "],
    ["send a:b --thr", "send a:b --thread "],
  ])("completes %s when Tab is pressed", async (typed, completed) => {
    const path = await scriptFor("zsh");
    const shell = spawn("zsh", ["-f", "-i"], { cwd: home.folder, env, cols: 200, rows: 50 });
    const ended = new Promise((resolve) => shell.onExit(resolve));
    try {
      let screen = "";
      shell.onData((text) => (screen += text));
      const shows = (text: string) => vi.waitFor(() => expect(screen).toContain(text), { timeout: 15_000 });
      shell.write(`PS1=; autoload -Uz compinit; compinit -u -D; source ${path}; print rea''dy\r`);
      await shows("ready");
      screen = "";
      shell.write(`claude-bridge ${typed}\t`);
      await shows(completed.slice(typed.length));
    } finally {
      shell.kill("SIGKILL");
      await ended;
    }
  });
});

it("PowerShell is given a script that asks the program; no PowerShell has run it here", async () => {
  const { stdout } = await home.run("completion", "powershell");
  expect(stdout).toMatch(/^Register-ArgumentCompleter -Native -CommandName claude-bridge -ScriptBlock \{\n/);
  const count = (character: string) => stdout.split(character).length;
  expect([count("{"), count("("), count("[")]).toEqual([count("}"), count(")"), count("]")]);
  expect(stdout).toContain("claude-bridge completion --complete");
});
