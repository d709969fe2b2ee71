import type { Sources } from "./find.ts";

/** What the environment says of the terminal, and of what a person likes to use there. */
export interface TerminalConfig {
  /** How many colours it has, as `NO_COLOR`, `FORCE_COLOR`, `COLORTERM` and `TERM` say. */
  readonly colours: "none" | "16" | "256" | "all";
  /** It can do nothing but print. */
  readonly isDumb: boolean;
  /** The command line of an editor. */
  readonly editor: string;
}

export function readTerminalConfig({ env, platform }: Pick<Sources, "env" | "platform">): TerminalConfig {
  const editor = [env["VISUAL"], env["EDITOR"]].find((command) => command !== undefined && command.trim() !== "");
  return {
    colours: coloursOf(env, platform),
    isDumb: env["TERM"] === "dumb",
    editor: editor ?? (platform === "win32" ? "notepad" : "vi"),
  };
}

/** `NO_COLOR` wins, as its standard says, if it holds anything; then whoever forces a number. */
function coloursOf(env: Sources["env"], platform: Sources["platform"]): TerminalConfig["colours"] {
  if ((env["NO_COLOR"] ?? "") !== "") return "none";
  const forced = forcedColours[env["FORCE_COLOR"] ?? ""];
  if (forced !== undefined) return forced;
  const term = env["TERM"] ?? "";
  if (term === "dumb") return "none";
  if (/^(?:truecolor|24bit)$/i.test(env["COLORTERM"] ?? "")) return "all";
  if (/kitty|ghostty|alacritty|wezterm|direct/i.test(term) || env["WT_SESSION"] !== undefined) return "all";
  // What Windows has had since 2017.
  if (platform === "win32") return "all";
  return /256/.test(term) ? "256" : "16";
}

const forcedColours: Readonly<Record<string, TerminalConfig["colours"]>> = {
  "0": "none",
  false: "none",
  "1": "16",
  "2": "256",
  "3": "all",
};
