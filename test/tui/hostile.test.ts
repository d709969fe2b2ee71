import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { type BridgeHome, bridgeHome } from "../support/bridge-home.ts";
import { cleanUp } from "../support/cli.ts";
import {
  closePseudoTerminals,
  hasPseudoTerminals,
  keys,
  openTerminal,
  type PseudoTerminal,
} from "../support/pseudo-terminal.ts";
import { hostileChannels, hostileSenders, hostileTexts } from "./hostile-corpus.ts";

let home: BridgeHome;
/** As many as the bridge took: it refuses some names itself. */
let sent = 0;

beforeAll(async () => {
  home = bridgeHome();
  const { url } = await home.startRelay();
  const client = connect({ url, patienceMs: 0 });
  const send = (channel: string, sender: string, content: string) =>
    client.send({ channel, sender, content }).then(
      () => (sent += 1),
      (error: unknown) => expect(error).toMatchObject({ code: "invalid_input" }),
    );
  for (const [index, text] of hostileTexts.entries()) {
    await send("h:all", hostileSenders[index % hostileSenders.length] ?? "a", text);
    await send("h:all", "mac/plain", text);
  }
  for (const channel of hostileChannels) await send(channel, "mac/plain", "in a channel with such a name");
});
afterAll(async () => {
  closePseudoTerminals();
  await cleanUp();
});

/** Our own lines are where they belong, and nothing of what was sent was obeyed. */
function expectWhole(terminal: PseudoTerminal, { side, rows }: { readonly side: number; readonly rows: number }): void {
  const lines = terminal.lines();
  expect(lines).toHaveLength(rows);
  expect(lines[0]).toContain("[");
  expect(lines.at(-1)).toMatch(/^ Enter open/);
  const edge = lines.slice(2, -1).map((line) => (side === 0 ? "│" : cellAt(line, side - 1)));
  expect(edge.filter((cell) => !/[│├┼]/.test(cell))).toEqual([]);
  const written = terminal.written();
  expect(written).not.toContain("\u{1b}]");
  expect(written).not.toContain("\u{7}");
  expect(terminal.state()).toMatchObject({ isAlternate: true, isCursorShown: false });
}

/** The side bar has ASCII and names of double width; what is wide is one character for two cells. */
function cellAt(line: string, column: number): string {
  let x = 0;
  for (const character of line) {
    if (x >= column) return character;
    if (!/^[\p{Mn}\p{Me}]$/u.test(character))
      x +=
        /[\u{1100}-\u{115f}\u{2e80}-\u{ffe6}\u{1f300}-\u{1faff}]/u.test(character) && !/[─-╿▁-█●○◆■▲]/u.test(character)
          ? 2
          : 1;
  }
  return "";
}

describe.skipIf(!hasPseudoTerminals)("no message and no name breaks the terminal UI", () => {
  it.each([
    { columns: 220, rows: 50, side: 30 },
    { columns: 120, rows: 35, side: 24 },
    { columns: 80, rows: 24, side: 0 },
    { columns: 40, rows: 10, side: 0 },
  ])("in the list and opened, at $columns×$rows", async ({ columns, rows, side }) => {
    expect(sent).toBeGreaterThan(hostileTexts.length);
    const terminal = openTerminal(["tui"], { cwd: home.folder, columns, rows });
    await terminal.shows(/in a channel/);
    for (let step = 0; step < sent - 1; step += 1) {
      terminal.press(keys.up);
      if (step % 4 === 0) {
        await terminal.drawn();
        expectWhole(terminal, { side, rows });
      }
    }
    terminal.press(keys.enter, "R");
    await terminal.settled();
    expect(terminal.lines()).toHaveLength(rows);
    expectWhole(terminal, { side, rows });
  });

  it("on the wire, among machines, in the palette and in the filter", async () => {
    const terminal = openTerminal(["tui"], { cwd: home.folder });
    await terminal.shows(/in a channel/);
    for (const screen of ["3", "4", "1", "2"]) {
      terminal.press(screen);
      await terminal.shows((text) => text.includes(`[${screen} `));
      await terminal.settled();
      expect(terminal.lines().at(-1)).toMatch(/\? keys/);
    }
    terminal.press(":");
    await terminal.shows(/a channel, an agent/);
    terminal.press(keys.paste("\u{1b}[2Jx:[/\r\n"));
    await terminal.settled();
    expect(terminal.lines()[0]).toContain("[2 Feed]");
    terminal.press(keys.escape);
    await terminal.shows((text) => !text.includes("┌"));
    terminal.press("/");
    await terminal.shows(/Enter applies/);
    terminal.press(keys.paste("日本語\u{202e}"), keys.enter);
    await terminal.shows(/Nothing fits|found/);
    expect(terminal.lines().at(-1)).toMatch(/^ Enter open/);
  });
});
