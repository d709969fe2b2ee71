import { type Config, type Flags, loadConfig } from "../../config.ts";
import { warn } from "./warn.ts";

/** The configuration, with a warning for each setting that was given and does nothing. */
export function configure(flags: Flags): Config {
  const config = loadConfig(flags);
  for (const line of config.warnings) warn(line);
  return config;
}
