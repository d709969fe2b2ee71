import { askStatus } from "../../../serve/ask-status.ts";
import { forgetRelay, type RunningRelay } from "../../../serve/running-relay.ts";
import { version } from "../../../version.ts";
import { credentialOf } from "../relay-credential.ts";
import { CommandError } from "../command-error.ts";
import { isAlive } from "../process-alive.ts";
import { askState, type RelayState } from "../relay-state.ts";
import { sayUptime } from "../times.ts";
import { type Check, doctorAnswerMs, failure, type Finding, ok, warning } from "./check.ts";

/** The relay of the database: whether it runs, and whether every address that it gives others still leads to it. */
export const relay: Check = {
  name: "relay",
  async *run({ config: { db, client }, announced, bridges }) {
    if (announced === undefined) {
      const isElsewhere = bridges.known.size > 0 && !client.isDbFlag;
      return yield isElsewhere
        ? ok("no relay runs in this folder, and none is needed: this machine has joined a bridge")
        : warning("no relay runs on this database", "claude-bridge up");
    }
    let state;
    try {
      state = await askState(credentialOf(announced), doctorAnswerMs);
    } catch (error) {
      if (error instanceof CommandError) return yield gone(db, announced, error);
      throw error;
    }
    yield running(announced, state);
    yield* reach(announced);
  },
};

function running({ url, pid }: RunningRelay, { version: running, uptimeSeconds, tookMs }: RelayState): Finding {
  const text = `the relay ${running} runs (pid ${pid}), up ${sayUptime(uptimeSeconds)}, ${url} (${tookMs} ms)`;
  if (running === version) return ok(text);
  return warning(`${text}; this program is ${version}`, "claude-bridge down, then claude-bridge up");
}

/** Another process may have the number by now, and another bridge the port. */
function gone(db: string, announced: RunningRelay, { code, message }: CommandError): Finding {
  const { pid, url } = announced;
  if (code !== "unauthorized" && isAlive(pid)) {
    return failure(
      `the relay (pid ${pid}) does not answer at ${url}: ${message}`,
      "see claude-bridge logs; end that process if it hangs, then claude-bridge up",
    );
  }
  return warning(
    `the relay was killed (pid ${pid}) and has left its file`,
    "claude-bridge up, or claude-bridge doctor --fix, which removes the file",
    () => {
      forgetRelay(db, announced);
      return "removed the file of the relay that is gone";
    },
  );
}

async function* reach({ remote }: RunningRelay): AsyncGenerator<Finding, void, void> {
  if (remote.length === 0) return yield ok("it listens for this machine only");
  const answers = await Promise.all(remote.map(async (url) => [url, await askStatus(url)] as const));
  for (const [url, answer] of answers) {
    if (answer === undefined) {
      yield warning(
        `it does not answer at ${url} any more, where other machines look for it`,
        "this machine's addresses have changed: claude-bridge down, then claude-bridge up",
      );
    } else yield ok(`other machines reach it at ${url}, as far as this one can tell`);
  }
}
