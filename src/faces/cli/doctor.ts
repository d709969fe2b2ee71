import { type Config, ConfigError } from "../../config.ts";
import { type Bridges, readBridges } from "../../config/bridges.ts";
import { visible } from "../../core/visible.ts";
import { askPerson, isAtTerminal } from "./ask-person.ts";
import { readAnnounced } from "../../serve/running-relay.ts";
import { runningShims } from "../../shim/local/run-folder.ts";
import { agents } from "./doctor/agents.ts";
import { CommandError } from "./command-error.ts";
import type { Check, Finding } from "./doctor/check.ts";
import { checks } from "./doctor/checks.ts";
import { isCalled, proveWaking } from "./doctor/prove-waking.ts";
import { note, print, printJson } from "./output.ts";
import { probeWithinMs } from "../../shim/limits.ts";

export interface DoctorOptions {
  /** Does what can do no harm. */
  readonly fix?: boolean;
  /** Probes what wakes the agents here, and looks at nothing else. */
  readonly prove?: boolean;
  /** Only this one. */
  readonly agent?: string;
  /** Does not ask. */
  readonly yes?: boolean;
}

interface Told extends Omit<Finding, "level" | "repair"> {
  readonly check: string;
  readonly level: Finding["level"] | "fixed";
}

/** Prints what it finds, each with what to do about it; exit code 1 if something is broken and stays so. */
export async function doctorCommand(config: Config, options: DoctorOptions): Promise<void> {
  const { fix = false } = options;
  if (options.prove !== true && (options.agent !== undefined || options.yes === true)) {
    throw new CommandError("usage", "--agent and --yes are for --prove");
  }
  const chosen = options.prove === true ? await probes(config, options) : checks;
  if (chosen.length === 0) return note("nobody was probed");
  const about = { config, announced: readAnnounced(config.db), bridges: bridgesOf(config) };
  const told: Told[] = [];
  let repairable = 0;
  for (const check of chosen) {
    for await (const finding of check.run(about)) {
      if (finding.repair !== undefined && !fix) repairable += 1;
      const row = fix ? repaired(check, finding) : rowOf(check, finding);
      told.push(row);
      if (!config.isJson) tell(row);
    }
  }
  const count = (level: Told["level"]) => told.filter((row) => row.level === level).length;
  const [warnings, failures, fixed] = [count("warn"), count("fail"), count("fixed")];
  if (failures > 0) process.exitCode = 1;
  if (config.isJson) return printJson({ ok: count("ok"), warnings, failures, fixed, findings: told });
  print(`${count("ok")} ok, ${plural(warnings, "warning")}, ${plural(failures, "failure")}`);
  if (repairable > 0) print(`claude-bridge doctor --fix repairs ${repairable} of them`);
}

/** Nobody is made to spend a turn before somebody could say no; none where that was said. */
async function probes({ client, isJson }: Config, { agent, yes = false }: DoctorOptions): Promise<readonly Check[]> {
  const shims = runningShims(client.stateFolder).filter((shim) => agent === undefined || isCalled(shim.agent, agent));
  if (shims.length > 0 && !isJson) {
    const names = shims.map((shim) => visible(shim.agent)).join(", ");
    note(`This costs a turn of the agent for each way of waking it: ${names}. A way has ${probeWithinMs / 1000} s.`);
    const isAsked = !yes && isAtTerminal();
    if (isAsked && /^n/i.test(await askPerson("Probe? [Y/n] ", "give --yes where nobody can be asked"))) return [];
  }
  return [proveWaking(shims, agent), agents];
}

function rowOf({ name: check }: Check, { level, text, fix }: Finding): Told {
  return { check, level, text: visible(text), fix };
}

/** What cannot be repaired after all is told as it was found. */
function repaired(check: Check, finding: Finding): Told {
  if (finding.repair === undefined) return rowOf(check, finding);
  try {
    return { check: check.name, level: "fixed", text: finding.repair() };
  } catch (error) {
    note(`could not be repaired: ${error instanceof Error ? error.message : String(error)}`);
    return rowOf(check, finding);
  }
}

function tell({ level, text, fix }: Told): void {
  print(`${level.padEnd(5)} ${text}`);
  if (fix !== undefined) print(`${" ".repeat(6)}${fix}`);
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** A file that cannot be used is told by the check of credentials. */
function bridgesOf({ client }: Config): Bridges {
  try {
    return readBridges(client.folder);
  } catch (error) {
    if (error instanceof ConfigError) return { current: undefined, known: new Map() };
    throw error;
  }
}
