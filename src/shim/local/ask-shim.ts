import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { ancestors } from "./ancestors.ts";
import { linesOf, parseLine } from "./lines.ts";
import type { ProbeResult } from "../wake/prober.ts";
import type { Answers, ProveQuestion, Question, WatchQuestion } from "./questions.ts";
import { type RunningShim, runningShims } from "./run-folder.ts";

/** What a program knows of itself that is to find the shim of its session. */
export interface LocalProgram {
  readonly stateFolder: string;
  /** The folder that its session works in. */
  readonly project: string;
  /** The processes that it comes from; found out unless given. */
  readonly ancestors?: readonly number[] | undefined;
}

/**
 * The shim of the program's session: the one whose client has started both; where no process tells, the only one that
 * works in the same folder.
 */
export function findShim({ stateFolder, project, ...given }: LocalProgram): RunningShim | undefined {
  const shims = runningShims(stateFolder);
  if (shims.length === 0) return undefined;
  for (const ancestor of given.ancestors ?? ancestors()) {
    const own = shims.filter(({ parent }) => parent === ancestor);
    if (own.length > 0) return own.find((shim) => shim.project === project) ?? own[0];
  }
  const inFolder = shims.filter((shim) => shim.project === project);
  return inFolder.length === 1 ? inFolder[0] : undefined;
}

/** Whoever prompts an agent does not wait longer for us. */
const answerWithinMs = 2000;

/**
 * The shim's answer.
 *
 * @throws Error when it is gone, or does not answer in time.
 */
export async function askShim<Asked extends Question>(
  { socket: path }: Pick<RunningShim, "socket">,
  question: Asked,
): Promise<Answers[Asked["ask"]]> {
  const socket = await open(path);
  try {
    socket.setTimeout(answerWithinMs, () => socket.destroy(new Error("the shim does not answer")));
    say(socket, question);
    for await (const line of linesOf(socket)) {
      const answer = parseLine(line);
      // What this question is answered with is in the table of answers; a shim of another version may refuse it.
      if (answer !== undefined && !("error" in answer)) return answer as unknown as Answers[Asked["ask"]];
      break;
    }
    throw new Error("the shim has no answer to this");
  } finally {
    socket.destroy();
  }
}

/** The nudges of the shim, as they come, until it ends or the signal aborts. */
export async function* watchShim(
  { socket: path }: Pick<RunningShim, "socket">,
  way: WatchQuestion["way"],
  signal?: AbortSignal,
): AsyncGenerator<string, void, void> {
  const socket = await open(path);
  const end = () => void socket.destroy();
  signal?.addEventListener("abort", end);
  try {
    say(socket, { ask: "watch", way });
    for await (const line of linesOf(socket)) {
      const nudge = parseLine(line)?.["nudge"];
      if (typeof nudge === "string") yield nudge;
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  } finally {
    signal?.removeEventListener("abort", end);
    socket.destroy();
  }
}

/**
 * Has the shim probe its ways of waking, and gives what became of each when that is known.
 *
 * @throws Error when the shim does not know how, has another probe going on, or ends in the middle.
 */
export async function* proveShim({
  socket: path,
}: Pick<RunningShim, "socket">): AsyncGenerator<ProbeResult, void, void> {
  const socket = await open(path);
  try {
    say(socket, { ask: "prove" });
    for await (const line of linesOf(socket)) {
      const { end, error, ...result } = parseLine(line) ?? {};
      if (end === true) return;
      if (typeof error === "string") throw new Error(error);
      // The shim is of this program; of another version it has the same four results.
      yield result as unknown as ProbeResult;
    }
    throw new Error("it has ended");
  } finally {
    socket.destroy();
  }
}

async function open(path: string): Promise<Socket> {
  const socket = connect(path);
  await once(socket, "connect");
  return socket;
}

const say = (socket: Socket, question: Question | WatchQuestion | ProveQuestion) =>
  socket.write(`${JSON.stringify({ v: 1, ...question })}\n`);
