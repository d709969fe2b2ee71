import type { Config } from "../../../config.ts";
import type { Bridges } from "../../../config/bridges.ts";
import type { RunningRelay } from "../../../serve/running-relay.ts";

/** One thing that `claude-bridge doctor` looks at. */
export interface Check {
  /** One word, for programs that read the findings. */
  readonly name: string;
  /** What is so, as it is found. Changes nothing, and waits for nobody without a limit. */
  run(about: Examined): AsyncIterable<Finding> | Iterable<Finding>;
}

/** What all checks look at. */
export interface Examined {
  readonly config: Config;
  /** What a relay has left beside the database, whether it still runs or not. */
  readonly announced: RunningRelay | undefined;
  /** What this machine has joined; nothing where the file cannot be used, which is a finding of its own. */
  readonly bridges: Bridges;
}

/** One cause, and one thing to do about it. */
export interface Finding {
  readonly level: "ok" | "warn" | "fail";
  readonly text: string;
  readonly fix?: string | undefined;
  /** Does what `fix` says, where that can do no harm, and says what it did. */
  readonly repair?: (() => string) | undefined;
}

/** Of whatever answers over a network: whoever waits for a diagnosis wants to hear that there is none. */
export const doctorAnswerMs = 5000;

export const ok = (text: string): Finding => ({ level: "ok", text });
export const warning = (text: string, fix: string, repair?: () => string): Finding => ({
  level: "warn",
  text,
  fix,
  repair,
});
export const failure = (text: string, fix: string | undefined, repair?: () => string): Finding => ({
  level: "fail",
  text,
  fix,
  repair,
});
