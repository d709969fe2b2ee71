import { type ThemeName, themes, type Token } from "../../../view/tokens.ts";
import { type ColourLevel, colourParameters } from "./colour.ts";
import { fitLine, type Line, type Look } from "./line.ts";

/** `terminal`: the terminal's own colours, with the contrast that its owner has chosen. */
export const tuiThemes = ["ink", "paper", "terminal"] as const;
export type TuiTheme = ThemeName | "terminal";

/** Makes of a line what a terminal shows, exactly so wide, and back at its own colours at the end. */
export type Painter = (line: Line, width: number) => string;

export function createPainter(theme: TuiTheme, level: ColourLevel): Painter {
  const made = new Map<string, string>();
  const open = (look: Look): string => {
    const key = `${look.colour ?? ""} ${look.behind ?? ""} ${look.isBold === true} ${look.isUnderlined === true}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const sequence = sequenceOf(look, theme, level);
    made.set(key, sequence);
    return sequence;
  };
  return (line, width) => {
    let text = "";
    let last = "";
    for (const piece of fitLine(line, width)) {
      if (piece.text === "") continue;
      const sequence = open(piece);
      text += sequence === last ? piece.text : sequence + piece.text;
      last = sequence;
    }
    return text === "" ? "" : `${text}${reset}`;
  };
}

const reset = "\u{1b}[0m";

function sequenceOf(look: Look, theme: TuiTheme, level: ColourLevel): string {
  const { isBold = false, isUnderlined = false } = look;
  const marks = [...(isBold ? ["1"] : []), ...(isUnderlined ? ["4"] : [])];
  const colours =
    theme === "terminal" || level === "none" || level === "16" ? roles(look, level) : full(look, theme, level);
  return `\u{1b}[${["0", ...marks, ...colours].join(";")}m`;
}

function full({ colour = "text", behind = "bg" }: Look, theme: ThemeName, level: "256" | "all"): readonly string[] {
  const tokens = themes[theme];
  return [colourParameters(tokens[colour], level, "text"), colourParameters(tokens[behind], level, "behind")];
}

/** The terminal's own colours by role. What is selected is inverse, which needs no colour at all. */
function roles({ colour = "text", behind = "bg" }: Look, level: ColourLevel): readonly string[] {
  const isLoud = behind === "selected" || behind === "accent" || behind === "error";
  const inverse = isLoud ? ["7"] : [];
  if (level === "none") return colour === "faint" || colour === "line" ? [...inverse, "2"] : inverse;
  const own = isLoud && colour !== "accent" ? undefined : foregrounds[colour];
  return [...inverse, ...(own === undefined ? [] : [own])];
}

const foregrounds: Partial<Record<Token, string>> = {
  line: "90",
  lineStrong: "90",
  faint: "90",
  accent: "33",
  link: "33",
  focus: "36",
  ok: "32",
  warn: "33",
  error: "31",
  info: "34",
  sender1: "33",
  sender2: "36",
  sender3: "35",
  sender4: "95",
  sender5: "32",
  sender6: "94",
  sender7: "93",
  sender8: "91",
};
