import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { networkAddresses } from "../src/serve/addresses.ts";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";
import { closeTerminals, hasTmux, startAtTerminal } from "./support/terminal.ts";

let home: BridgeHome;
beforeEach(() => {
  home = bridgeHome();
});
afterEach(async () => {
  await home.run("down");
  closeTerminals();
  await cleanUp();
});

const start = (...args: readonly string[]) => startAtTerminal(args, { cwd: home.folder });
const startUp = (...args: readonly string[]) => start("up", "--port", "0", "--no-claude", ...args);
const question = /Let other machines connect\?.* \[Y\/n\]/;
const hasNetwork = networkAddresses("0.0.0.0").length > 0;

describe.skipIf(!hasTmux)("claude-bridge up at a terminal (needs tmux)", () => {
  it("asks once whether others may connect, and remembers a no", async () => {
    const first = startUp();
    await first.shows(question);
    first.press("n", "Enter");
    await first.shows(/Reach +this machine only/);
    first.press("C-c");
    await first.shows(/ended with 0/);
    const second = startUp();
    await second.shows(/Reach +this machine only/);
    expect(second.screen()).not.toMatch(question);
  });

  it.skipIf(!hasNetwork)("lets a machine in after a yes, and says that it joined", async () => {
    const terminal = startUp();
    await terminal.shows(question);
    terminal.press("Enter");
    const [, line = ""] = await terminal.shows(/^ +npx claude-bridge (join http\S+ \S+)$/m);
    const guest = bridgeHome();
    expect(await guest.run(...line.split(" "), "--name", "guest")).toMatchObject({ code: 0 });
    await terminal.shows(/\+ guest joined \(machine\)/);
  });

  it("obeys its keys until Ctrl-C", async () => {
    const terminal = startUp("--host", hasNetwork ? "0.0.0.0" : "127.0.0.1");
    await terminal.shows(/q QR {3}c copy {3}d dashboard {3}l logs {3}\? help {3}Ctrl-C stop/);
    terminal.press("l");
    await terminal.shows(/log lines on/);
    terminal.press("d");
    await terminal.shows(/^http:\S+#signin=\S+$/m);
    terminal.press("l");
    await terminal.shows(/log lines off/);
    terminal.press("?");
    await terminal.shows(/q QR[^]+q QR/);
    terminal.press("C-c");
    await terminal.shows(/ended with 0/);
    expect(await home.ask("down")).toMatchObject({ stopped: false });
  });

  it.skipIf(!hasNetwork)("shows a QR code, and copies the line for the next machine", async () => {
    const terminal = startUp("--host", "0.0.0.0");
    const [, line] = await terminal.shows(/^ +(npx claude-bridge join .+)$/m);
    await terminal.shows(/Ctrl-C stop/);
    terminal.press("q");
    await terminal.shows(/#signin=\w{4}-\w{4}\n[█▀▄ \n]{200}/);
    terminal.press("c");
    await terminal.shows(/asked the terminal to copy/);
    await vi.waitFor(() => expect(terminal.clipboard()).toBe(line));
  });
});

describe.skipIf(!hasTmux)("claude-bridge demo at a terminal (needs tmux)", () => {
  it("waits for whoever reads along, and deletes its channel when it is stopped", async () => {
    await home.run("up", "--detach", "--port", "0", "--no-claude");
    const { url } = JSON.parse(readFileSync(join(home.folder, "claude-bridge.db.relay.json"), "utf8")) as {
      url: string;
    };
    const terminal = start("demo");
    await terminal.shows(/acknowledged/);
    terminal.press("C-c");
    await terminal.shows(/Deleted demo:\w+ again \(1 messages?\)[^]*ended with 130/);
    expect(await (await fetch(`${url}/api/channels`)).json()).toMatchObject({ channels: [] });
  });
});
