import { PassThrough } from "node:stream";
import type { ReadStream } from "node:tty";

/** What Ink takes for nothing, as it is no key. */
export type TerminalEvent =
  | { readonly kind: "wheel"; readonly lines: number; readonly column: number; readonly row: number }
  | { readonly kind: "click"; readonly column: number; readonly row: number }
  | { readonly kind: "focus"; readonly isFocused: boolean };

/** Lines for one notch of the wheel. */
const linesPerNotch = 3;

export interface TerminalInput {
  /** Everything else, as Ink reads it. */
  readonly keys: NodeJS.ReadStream;
  /** Reads nothing, so that somebody else can. */
  pause(): void;
  resume(): void;
}

/** The terminal's input with the mouse and focus taken out of it, and told. */
export function createTerminalInput(terminal: ReadStream, tell: (event: TerminalEvent) => void): TerminalInput {
  const keys = new PassThrough({ decodeStrings: false, encoding: "utf8" });
  let rest = "";
  const take = (chunk: string | Buffer) => {
    const { text, events, unfinished } = separate(rest + chunk.toString());
    rest = unfinished;
    for (const event of events) tell(event);
    if (text !== "") keys.write(text);
  };
  terminal.setEncoding("utf8");
  const facade = Object.assign(keys, {
    isTTY: true,
    isRaw: false,
    setRawMode(isRaw: boolean) {
      terminal.setRawMode(isRaw);
      return facade;
    },
    ref: () => void terminal.ref(),
    unref: () => void terminal.unref(),
  });
  return {
    // Ink asks of it what is here, and nothing else of a terminal.
    keys: facade as unknown as NodeJS.ReadStream,
    pause() {
      terminal.off("data", take);
      terminal.pause();
    },
    resume() {
      terminal.on("data", take);
      terminal.resume();
    },
  };
}

// eslint-disable-next-line no-control-regex
const report = /\u{1b}\[(?:<(\d+);(\d+);(\d+)([Mm])|([IO]))/gu;
// eslint-disable-next-line no-control-regex
const unfinishedReport = /\u{1b}\[<[\d;]*$/u;

export function separate(input: string): {
  readonly text: string;
  readonly events: readonly TerminalEvent[];
  readonly unfinished: string;
} {
  if (!input.includes("\u{1b}[")) return { text: input, events: [], unfinished: "" };
  const unfinished = unfinishedReport.exec(input)?.[0] ?? "";
  const events: TerminalEvent[] = [];
  const text = input
    .slice(0, input.length - unfinished.length)
    .replaceAll(
      report,
      (_all, button: string, column: string, row: string, action: string, focus: string | undefined) => {
        if (focus !== undefined) events.push({ kind: "focus", isFocused: focus === "I" });
        else events.push(...mouseEvent(Number(button), Number(column) - 1, Number(row) - 1, action));
        return "";
      },
    );
  return { text, events, unfinished };
}

function mouseEvent(button: number, column: number, row: number, action: string): readonly TerminalEvent[] {
  if (button === 64) return [{ kind: "wheel", lines: -linesPerNotch, column, row }];
  if (button === 65) return [{ kind: "wheel", lines: linesPerNotch, column, row }];
  return button === 0 && action === "M" ? [{ kind: "click", column, row }] : [];
}
