import { dirname, resolve } from "node:path";
import { ConfigError } from "./error.ts";
import type { ConfigFile } from "./files.ts";
import type { Kind } from "./kinds.ts";
import { fileKey, type Setting, type SettingName, settingNames, settings, type Values } from "./settings.ts";

/** Where settings come from, the first before the next. */
export interface Sources {
  readonly flags: Flags;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file?: ConfigFile | undefined;
  /** Relative paths in flags and variables start here; those in the file start at the file. */
  readonly cwd: string;
  /** What `~` stands for. */
  readonly homeDir: string;
  /** Not Windows unless told. */
  readonly platform?: NodeJS.Platform | undefined;
}

/** What the command line says, by the name of the setting: text, a repeated flag's texts, true for a bare flag. */
export type Flags = Readonly<Record<string, string | boolean | readonly string[]>>;

export interface Found {
  readonly source: "flag" | "env" | "file";
  /** The flag, the variable or the key, for messages. */
  readonly label: string;
  readonly texts: readonly string[];
  /** Where relative paths start. */
  readonly base: string;
}

/**
 * The value of a setting.
 *
 * @throws ConfigError when it was set to something that it cannot be.
 */
export function read<Name extends SettingName>(name: Name, sources: Sources): Values[Name] {
  const row: Setting<unknown> = settings[name];
  const found = find(name, sources);
  const value = found === undefined ? row.fallback : parse(row.kind, found, sources);
  // The table says that this setting's kind parses to this type; an index by a type parameter forgets it.
  return value as Values[Name];
}

/** Where the setting was set first, with what; undefined when nobody set it. */
export function find(name: SettingName, sources: Sources): Found | undefined {
  const row: Setting<unknown> = settings[name];
  return inFlags(name, row, sources) ?? inEnv(row, sources) ?? inFile(name, row, sources);
}

function inFlags(name: SettingName, { flag }: Setting<unknown>, { flags, cwd }: Sources): Found | undefined {
  const given = flags[name];
  if (flag === undefined || given === undefined) return undefined;
  const texts = typeof given === "object" ? given : [String(given)];
  return { source: "flag", label: flag.replace(/ .*/, ""), texts, base: cwd };
}

function inEnv({ env: variable, kind }: Setting<unknown>, { env, cwd }: Sources): Found | undefined {
  const text = variable === undefined ? undefined : env[variable];
  if (variable === undefined || text === undefined) return undefined;
  return { source: "env", label: variable, texts: kind.isList ? listed(text) : [text], base: cwd };
}

/** A comma list; blanks around an item and empty items do not count, so an empty variable is an empty list. */
function listed(text: string): readonly string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function inFile(name: SettingName, { kind }: Setting<unknown>, { file }: Sources): Found | undefined {
  const key = fileKey(name);
  if (file === undefined || key === undefined || !Object.hasOwn(file.content, key)) return undefined;
  const label = `"${key}" in ${file.path}`;
  const given = file.content[key];
  const items: readonly unknown[] = kind.isList && Array.isArray(given) ? given : [given];
  const isList = kind.isList === true;
  if (isList !== Array.isArray(given) || items.some((item) => typeof item !== kind.json)) {
    throw refusal(label, kind, JSON.stringify(given));
  }
  return { source: "file", label, texts: items.map(String), base: dirname(file.path) };
}

function parse<T>(kind: Kind<T>, { label, texts, base }: Found, { homeDir }: Sources): T {
  const value = kind.parse(texts);
  if (value === undefined) throw refusal(label, kind, texts.map((text) => JSON.stringify(text)).join(", "));
  if (kind.isPath !== true || typeof value !== "string") return value;
  const isInHome = value === "~" || value.startsWith("~/");
  // A kind that is a path has text for its value.
  return (isInHome ? resolve(homeDir, value.slice(2)) : resolve(base, value)) as T;
}

function refusal(label: string, { expected, isSecret }: Kind<unknown>, given: string): ConfigError {
  return new ConfigError(`${label} must be ${expected}${isSecret ? "" : `, not ${given}`}`);
}

/** @throws ConfigError when a key of the file is no setting. */
export function checkKeys({ path, content }: ConfigFile): void {
  const allowed = settingNames.map(fileKey).filter((key) => key !== undefined);
  const unknown = Object.keys(content).find((key) => !allowed.includes(key));
  if (unknown === undefined) return;
  throw new ConfigError(`${JSON.stringify(unknown)} in ${path} is no setting; allowed are ${allowed.join(", ")}`);
}
