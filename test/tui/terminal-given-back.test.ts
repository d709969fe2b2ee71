import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeHome, bridgeHome } from "../support/bridge-home.ts";
import { cleanUp } from "../support/cli.ts";
import { closePseudoTerminals, hasPseudoTerminals, keys, openTerminal } from "../support/pseudo-terminal.ts";

let home: BridgeHome;
beforeEach(async () => {
  home = bridgeHome();
  await home.startRelay();
});
afterEach(async () => {
  closePseudoTerminals();
  await cleanUp();
});

const asFound = {
  isAlternate: false,
  mouse: "none",
  pastes: false,
  tellsFocus: false,
  wraps: true,
  isCursorShown: true,
};

describe.skipIf(!hasPseudoTerminals)("the terminal UI gives the terminal back", () => {
  it("when one quits", async () => {
    const terminal = openTerminal(["tui"], { cwd: home.folder });
    await terminal.shows("● live");
    expect(terminal.state()).toMatchObject({ isAlternate: true, mouse: "vt200", pastes: true, wraps: false });
    terminal.press("q");
    expect(await terminal.exit).toBe(0);
    expect(terminal.state()).toEqual(asFound);
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGINT", 130],
  ] as const)("after %s, and says so with its exit code", async (signal, code) => {
    const terminal = openTerminal(["tui"], { cwd: home.folder });
    await terminal.shows("● live");
    terminal.signal(signal);
    expect(await terminal.exit).toBe(code);
    expect(terminal.state()).toEqual(asFound);
  });

  it("after an error that nobody caught, which is then to be read", async () => {
    // Loaded before the program: it throws when the test says so.
    const crash = `data:text/javascript,process.on("SIGUSR2", () => { throw new Error("broken on purpose"); })`;
    const terminal = openTerminal(["tui"], { cwd: home.folder, env: { NODE_OPTIONS: `--import=${encodeURI(crash)}` } });
    await terminal.shows("● live");
    terminal.signal("SIGUSR2");
    expect(await terminal.exit).toBe(1);
    expect(terminal.state()).toEqual(asFound);
    expect(terminal.text()).toContain("broken on purpose");
  });

  it("to the shell with Ctrl-Z, and takes it again with fg", async () => {
    const terminal = openTerminal([], { cwd: home.folder, command: ["bash", "--norc", "-i"], env: { PS1: "$ " } });
    await terminal.shows("$ ");
    const { bin } = await import("../real-clients/product.ts");
    terminal.press(`'${process.execPath}' '${bin}' tui\r`);
    await terminal.shows("● live");
    terminal.press(keys.control("Z"));
    await terminal.shows("Stopped");
    expect(terminal.state()).toMatchObject({ ...asFound, pastes: expect.any(Boolean) as boolean });
    terminal.press("fg\r");
    await terminal.shows("● live");
    expect(terminal.state()).toMatchObject({ isAlternate: true, mouse: "vt200" });
    terminal.press("q");
    await terminal.shows(() => terminal.state().wraps);
    expect(terminal.state()).toMatchObject({ isAlternate: false, mouse: "none", tellsFocus: false });
  });
});
