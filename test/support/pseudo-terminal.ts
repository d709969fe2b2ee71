import xterm from "@xterm/headless";
import { bin } from "../real-clients/product.ts";

/** A real terminal, of which a test reads the screen. */
export interface PseudoTerminal {
  /** The lines of the screen, without blanks at their ends. */
  readonly lines: () => readonly string[];
  readonly text: () => string;
  /** Resolves when the screen fits; rejects with the screen when it does not in time. */
  readonly shows: (wanted: Wanted) => Promise<string>;
  readonly press: (...keys: readonly string[]) => void;
  /** Resolves when something was written since this was called, and taken in. */
  readonly drawn: () => Promise<void>;
  /** The screen when nothing was written to it for a while. */
  readonly settled: () => Promise<readonly string[]>;
  readonly resize: (columns: number, rows: number) => void;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly exit: Promise<number>;
  /** Everything that was written to it, with its control sequences. */
  readonly written: () => string;
  readonly state: () => TerminalState;
  readonly pid: number;
}

/** What a program may have left a terminal in. */
export interface TerminalState {
  readonly isAlternate: boolean;
  readonly mouse: string;
  readonly pastes: boolean;
  readonly tellsFocus: boolean;
  readonly wraps: boolean;
  readonly isCursorShown: boolean;
}

export interface PseudoTerminalOptions {
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of Node with the packed program. */
  readonly command?: readonly [string, ...string[]];
}

/** As long as a busy machine may take to start a program. */
const patienceMs = 15_000;

const pty = await import("@lydell/node-pty").catch(() => undefined);
/** Its native part is there for most platforms. */
export const hasPseudoTerminals = pty !== undefined;

const open = new Set<() => void>();

export function openTerminal(args: readonly string[], options: PseudoTerminalOptions): PseudoTerminal {
  if (pty === undefined) throw new Error("there are no pseudo terminals here");
  const { cwd, columns: cols = 120, rows = 35, env = {}, command = [process.execPath, bin] } = options;
  const screen = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 0 });
  const [file, ...before] = command;
  const child = pty.spawn(file, [...before, ...args], {
    cols,
    rows,
    cwd,
    name: "xterm-256color",
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, COLORTERM: "truecolor", TZ: "UTC", ...env },
  });
  let written = "";
  let isWhole = true;
  const looks = new Set<() => void>();
  child.onData((data) => {
    written += data;
    const endsWhole = written.lastIndexOf(beginsFrame) <= written.lastIndexOf(endsFrame);
    screen.write(data, () => {
      isWhole = endsWhole;
      for (const look of looks) look();
    });
  });
  const exit = new Promise<number>((resolve) => child.onExit(({ exitCode }) => resolve(exitCode)));
  const close = () => child.kill("SIGKILL");
  open.add(close);
  void exit.then(() => open.delete(close));
  const text = () => linesOf(screen).join("\n");
  return {
    lines: () => linesOf(screen),
    text,
    shows: (wanted) => untilShown(looks, text, (now) => isWhole && fitting(wanted)(now)),
    drawn() {
      const before = written.length;
      return untilShown(looks, text, () => isWhole && written.length > before).then(() => undefined);
    },
    settled: () => untilQuiet(looks).then(() => linesOf(screen)),
    press: (...pressed) => pressed.forEach((key) => child.write(key)),
    resize(columns, rowCount) {
      screen.resize(columns, rowCount);
      child.resize(columns, rowCount);
    },
    signal: (name) => child.kill(name),
    exit,
    written: () => written,
    state: () => stateOf(screen, written),
    pid: child.pid,
  };
}

/** Between these a frame is being written, and nobody is to look at a half of it. */
const beginsFrame = "\u{1b}[?2026h";
const endsFrame = "\u{1b}[?2026l";

type Screen = InstanceType<typeof xterm.Terminal>;

function linesOf(screen: Screen): readonly string[] {
  const { active } = screen.buffer;
  return Array.from({ length: screen.rows }, (_, row) => active.getLine(row)?.translateToString(true) ?? "");
}

const stateOf = ({ buffer, modes }: Screen, written: string): TerminalState => ({
  isAlternate: buffer.active.type === "alternate",
  mouse: modes.mouseTrackingMode,
  pastes: modes.bracketedPasteMode,
  tellsFocus: modes.sendFocusMode,
  wraps: modes.wraparoundMode,
  isCursorShown: written.lastIndexOf("\u{1b}[?25l") <= written.lastIndexOf("\u{1b}[?25h"),
});

type Wanted = string | RegExp | ((text: string) => boolean);

function fitting(wanted: Wanted): (text: string) => boolean {
  if (typeof wanted === "function") return wanted;
  return (text) => (typeof wanted === "string" ? text.includes(wanted) : wanted.test(text));
}

/** Frames are drawn at most ten times a second: who has drawn none for longer has drawn the last one. */
const quietMs = 400;

function untilQuiet(looks: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const begin = () =>
      setTimeout(() => {
        looks.delete(again);
        resolve();
      }, quietMs);
    let timer = begin();
    function again(): void {
      clearTimeout(timer);
      timer = begin();
    }
    looks.add(again);
  });
}

function untilShown(looks: Set<() => void>, text: () => string, fits: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      looks.delete(look);
      reject(new Error(`the screen never showed what was waited for:\n${text()}`));
    }, patienceMs);
    function look(): void {
      const now = text();
      if (!fits(now)) return;
      clearTimeout(timer);
      looks.delete(look);
      resolve(now);
    }
    looks.add(look);
    look();
  });
}

/** Ends what a test has left running. */
export function closePseudoTerminals(): void {
  for (const close of open) close();
  open.clear();
}

/** As terminals send them. */
export const keys = {
  enter: "\r",
  escape: "\u{1b}",
  up: "\u{1b}[A",
  down: "\u{1b}[B",
  left: "\u{1b}[D",
  tab: "\t",
  control: (letter: string) => String.fromCharCode(letter.toUpperCase().charCodeAt(0) - 64),
  paste: (text: string) => `\u{1b}[200~${text}\u{1b}[201~`,
  wheelUp: (column: number, row: number) => `\u{1b}[<64;${column};${row}M`,
  wheelDown: (column: number, row: number) => `\u{1b}[<65;${column};${row}M`,
  click: (column: number, row: number) => `\u{1b}[<0;${column};${row}M`,
} as const;
