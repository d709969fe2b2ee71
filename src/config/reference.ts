import { fileKey, type Setting, type SettingName, settings } from "./settings.ts";

/** A setting as help and documentation show it. */
export interface Reference {
  readonly flag: string | undefined;
  readonly env: string | undefined;
  /** The key in the configuration file. */
  readonly key: string | undefined;
  readonly expected: string;
  /** What it does, and its default. */
  readonly text: string;
}

export function settingReference(name: SettingName): Reference {
  const { flag, env, help, fallback, kind }: Setting<unknown> = settings[name];
  const hasDefault = (typeof fallback === "string" || typeof fallback === "number") && fallback !== 0;
  return {
    flag,
    env,
    key: fileKey(name),
    expected: kind.expected,
    text: hasDefault ? `${help} (default ${fallback})` : help,
  };
}
