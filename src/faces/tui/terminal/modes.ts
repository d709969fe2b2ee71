/** What the terminal is told beside the alternate screen, raw input and pasting, which Ink sees to. */
const modes = [
  // The wheel, with positions that do not end at column 223.
  "?1000",
  "?1006",
  // Whether somebody looks.
  "?1004",
] as const;

/** A line that is wider than we think must not become two. */
const withoutWrapping = "\u{1b}[?7l";
const withWrapping = "\u{1b}[?7h";

export const enterModes: string = modes.map((mode) => `\u{1b}[${mode}h`).join("") + withoutWrapping;
export const leaveModes: string = modes.map((mode) => `\u{1b}[${mode}l`).join("") + withWrapping;

/** All that was changed, for an end that nobody could prepare: also what Ink would take back. */
export const restoreAll = `${leaveModes}\u{1b}[?2004l\u{1b}[?1049l\u{1b}[?25h\u{1b}[0m`;

/** Begins and ends the same in every terminal, so that it cannot be left open by its text, which is in base 64. */
export const copySequence = (text: string): string => `\u{1b}]52;c;${Buffer.from(text).toString("base64")}\u{7}`;

export const bell = "\u{7}";
