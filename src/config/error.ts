/** A setting that cannot be used. Its message is one line: which setting, what is wrong, what is allowed. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
