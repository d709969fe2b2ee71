import { type Command, Option } from "commander";
import { settingReference } from "../../config/reference.ts";
import { type Setting, type SettingName, settingNames, settings } from "../../config/settings.ts";
import type { Flags } from "../../config.ts";

/** Commander's options, one for each setting that has a flag, by the setting's name. */
const options: ReadonlyMap<string, Option> = new Map(settingNames.flatMap((name) => optionOf(name)));

const isOfClients = (name: string) => settingNames.some((own) => own === name && settings[own].group === "Client");

/** What a relay takes. */
export const allSettings: readonly string[] = [...options.keys()].filter((name) => !isOfClients(name));

/** Under which name it asks, where that makes a difference. */
export const nameSettings: readonly string[] = ["sender" satisfies SettingName];

/** What a command takes that asks a bridge: which one. */
export const askSettings: readonly string[] = [
  "db",
  "config",
  ...[...options.keys()].filter((name) => isOfClients(name) && !nameSettings.includes(name)),
];

function optionOf(name: SettingName): readonly (readonly [string, Option])[] {
  const { flag, group, kind }: Setting<unknown> = settings[name];
  if (flag === undefined) return [];
  const option = new Option(flag, settingReference(name).text).helpGroup(`${group}:`);
  if (kind.isList) option.argParser<readonly string[] | undefined>((text, earlier) => [...(earlier ?? []), text]);
  return [[name, option]];
}

/** Makes the command take the flags of these settings. */
export function accept(command: Command, names: readonly string[]): Command {
  for (const [name, option] of options) if (names.includes(name)) command.addOption(option);
  return command;
}

/** What was given, and only that: defaults are the configuration's affair. Flags after a command's name win. */
export function givenFlags(command: Command): Flags {
  const given = [...options].filter(([, option]) => command.getOptionValueSource(option.attributeName()) === "cli");
  const own = given.map(([name, option]) => {
    // Commander turns `--no-x` into x: false.
    const value = option.negate ? true : (command.getOptionValue(option.attributeName()) as Flags[string]);
    return [name, value] as const;
  });
  return { ...(command.parent === null ? {} : givenFlags(command.parent)), ...Object.fromEntries(own) };
}

const prefix = "CLAUDE_BRIDGE_";

/** Those that have a flag by name only: what they mean stands beside the flag. */
export function variablesHelp(): string {
  const rows = settingNames
    .map((name) => settingReference(name))
    .flatMap(({ env, flag, text }) => (env === undefined ? [] : [[env.replace(prefix, ""), flag ?? text] as const]));
  const width = Math.max(...rows.map(([variable]) => variable.length));
  return [
    `Variables, each with ${prefix} before it. A flag wins over them, and they over the configuration file:`,
    ...rows.map(([variable, meaning]) => `  ${variable.padEnd(width)}  ${meaning}`),
  ].join("\n");
}
