import type { Clock } from "../core/clock.ts";
import { formatTime } from "../core/time.ts";
import type { Digest } from "./digest.ts";
import type { Identity } from "./identity.ts";
import type { Link } from "./link.ts";
import { type LocalServerParts, serveLocal } from "./local/local-server.ts";
import { type Answers, type Question, unreadAnswer } from "./local/questions.ts";
import { announceShim, socketPath } from "./local/run-folder.ts";
import type { Presence } from "./presence.ts";
import type { Unread } from "./unread.ts";
import type { Prober } from "./wake/prober.ts";

/** What the other programs of the session see of the shim. */
export interface LocalSide {
  /** The agent has another name. */
  renamed(): void;
  close(): void;
}

interface LocalSideParts extends Pick<LocalServerParts, "watchers" | "onError"> {
  readonly runs: {
    readonly stateFolder: string;
    readonly pid: number;
    readonly parent: number;
    readonly project: string;
    readonly clock: Clock;
  };
  readonly identity: Identity;
  readonly link: Link;
  readonly unread: Unread;
  readonly presence: Pick<Presence, "does" | "settled">;
  readonly prober: Pick<Prober, "run" | "rested">;
  readonly digest: () => Digest;
  readonly delivered: (ids: readonly string[]) => void;
}

/** Without it the agent still has its tools, so it is no reason to fail. */
export async function openLocalSide(parts: LocalSideParts): Promise<LocalSide> {
  const { runs, identity, watchers, onError } = parts;
  const { stateFolder, clock, ...known } = runs;
  try {
    const socket = socketPath(stateFolder, runs.pid);
    const answering = { answer: (question: Question) => answer(question, parts), prove: prove(parts) };
    const server = await serveLocal({ socket, ...answering, watchers, onError });
    const startedAt = formatTime(clock.now());
    const announce = () => announceShim(stateFolder, { ...known, agent: identity.agent(), socket, startedAt });
    const { withdraw } = announce();
    return {
      renamed() {
        try {
          announce();
        } catch (error) {
          onError(error);
        }
      },
      close() {
        withdraw();
        server.close();
      },
    };
  } catch (error) {
    onError(error);
    return { renamed: () => undefined, close: () => undefined };
  }
}

/** Ends when the bridge has heard what was proved, so that whoever asks it then is told so. */
const prove = ({ prober, presence }: LocalSideParts): LocalServerParts["prove"] =>
  async function* proofs(signal) {
    const results = prober.run(signal);
    if (results === undefined) return yield { error: "a probe is going on already" };
    for await (const result of results) yield { ...result };
    await presence.settled();
    yield { end: true };
  };

function answer(question: Question, parts: LocalSideParts): Answers[Question["ask"]] {
  const { identity, link, unread, digest, presence, delivered } = parts;
  switch (question.ask) {
    case "who":
      return { agent: identity.agent(), bridge: link.bridge, isConnected: link.isConnected() };
    case "unread":
      return unreadAnswer(identity.agent(), unread.all(), digest());
    case "told":
      delivered(question.ids);
      return {};
    case "doing":
      presence.does(question.doing);
      if (question.doing === "idle") parts.prober.rested();
      return {};
  }
}
