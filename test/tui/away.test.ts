import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { type BridgeHome, bridgeHome } from "../support/bridge-home.ts";
import { cleanUp, runCli, startCli } from "../support/cli.ts";
import { closePseudoTerminals, hasPseudoTerminals, keys, openTerminal } from "../support/pseudo-terminal.ts";

let home: BridgeHome;
beforeEach(() => {
  home = bridgeHome();
});
afterEach(async () => {
  closePseudoTerminals();
  await cleanUp();
});

describe.skipIf(!hasPseudoTerminals)("when the bridge goes away", () => {
  it("what is on the screen stays, nothing is sent, the draft is kept, and all is well when it is back", async () => {
    const relay = await home.startRelay();
    const port = String(relay.facts.port);
    const client = connect({ url: relay.url, sender: "mac/planner", patienceMs: 0 });
    await client.send({ channel: "a:b", content: "said before" });
    const terminal = openTerminal(["tui", "--as", "ada"], { cwd: home.folder });
    await terminal.shows("said before");
    relay.kill("SIGKILL");
    await relay.exit;
    expect(await terminal.shows(/Connection lost\. (Retrying in \d+ s|Trying again now)\./)).toContain("said before");
    terminal.press("c");
    await terminal.shows(/── to a:b/);
    terminal.press("while away", keys.enter);
    expect(await terminal.shows("Not sent: the bridge is away.")).toContain("▏ while away");

    const again = await home.startRelay("--port", port);
    await terminal.shows(/● live/);
    const back = connect({ url: again.url, sender: "mac/planner", patienceMs: 0 });
    expect(await back.channels()).toMatchObject({ totalMessages: 1 });
    await back.send({ channel: "a:b", content: "said after" });
    const text = await terminal.shows("said after");
    expect(text).toContain("▏ while away");
    expect(text.match(/said before/g)).toHaveLength(1);
    terminal.press(keys.enter);
    await terminal.shows((now) => !now.includes("── to a:b") && now.includes("while away"));
    expect((await back.messages({ channel: "a:b" })).messages.map(({ content }) => content)).toEqual([
      "said before",
      "said after",
      "while away",
    ]);
  });

  it("says at its start that there is none, and fills no terminal", async () => {
    const terminal = openTerminal(["tui", "--db", "nowhere.db"], { cwd: home.folder });
    expect(await terminal.exit).toBe(3);
    expect(terminal.text()).toContain("there is no database");
    expect(terminal.written()).not.toContain("[?1049h");
  });
});

describe("where there is no terminal", () => {
  it("prints lines, as `sub` does, and nothing that a terminal would obey", async () => {
    const relay = await home.startRelay();
    const client = connect({ url: relay.url, sender: "mac/planner", patienceMs: 0 });
    await client.send({ channel: "a:b", content: "hello \u{1b}[2J" });
    const cli = startCli(["tui"], { cwd: home.folder });
    await cli.printed(/a:b {2}mac\/planner: hello \\u\{1b\}\[2J\n/);
    await client.send({ channel: "a:b", content: "live" });
    await cli.printed(/mac\/planner: live\n/);
    cli.kill("SIGINT");
    expect(await cli.exit).toBe(130);
    expect(cli.stdout()).not.toContain("\u{1b}");
  });

  it("refuses a theme that is none", async () => {
    const { code, stderr } = await runCli(["tui", "--theme", "pink"], { cwd: home.folder });
    expect({ code, stderr }).toEqual({ code: 2, stderr: "error: --theme is one of ink, paper, terminal\n" });
  });
});
