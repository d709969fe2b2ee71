import { createServer, type Socket } from "node:net";
import type { Watchers } from "../wake/watchers.ts";
import { linesOf, parseLine } from "./lines.ts";
import { type Answers, type Question, questionFrom } from "./questions.ts";

export interface LocalServer {
  close(): void;
}

export interface LocalServerParts {
  readonly socket: string;
  readonly answer: (question: Question) => Answers[Question["ask"]];
  /** The lines of an answer that takes its time; the signal aborts when nobody is there to read them. */
  readonly prove: (signal: AbortSignal) => AsyncGenerator<object, void, void>;
  readonly watchers: Readonly<Record<Watchers["name"], Watchers>>;
  readonly onError: (error: unknown) => void;
}

/** Answers the programs of the session, one line of JSON for another. Whoever can open the socket is the same user. */
export async function serveLocal(parts: LocalServerParts): Promise<LocalServer> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    // It has gone in the middle; there is nobody to tell.
    socket.on("error", () => socket.destroy());
    serve(socket, parts).catch(() => socket.destroy());
  });
  server.on("error", parts.onError);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(parts.socket, resolve);
  });
  return {
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

async function serve(socket: Socket, { answer, prove, watchers }: LocalServerParts): Promise<void> {
  const write = (value: object) => socket.write(`${JSON.stringify(value)}\n`);
  for await (const line of linesOf(socket)) {
    const question = questionFrom(parseLine(line) ?? {});
    if (question === undefined) write({ error: "no such question" });
    else if (question.ask === "watch") watch(socket, watchers[question.way]);
    else if (question.ask === "prove") tell(socket, prove).catch(() => socket.destroy());
    else write(answer(question));
  }
}

/** Not waited for, because only whoever reads a socket learns that its other end has gone. */
async function tell(socket: Socket, prove: LocalServerParts["prove"]): Promise<void> {
  const gone = new AbortController();
  socket.once("close", () => gone.abort());
  for await (const line of prove(gone.signal)) socket.write(`${JSON.stringify(line)}\n`);
}

function watch(socket: Socket, watchers: Watchers): void {
  const leave = watchers.enter({
    tell(text) {
      socket.write(`${JSON.stringify({ nudge: text })}\n`);
      if (watchers.name !== "hook") return;
      // A hook that waits ends with what it was told.
      leave();
      socket.end();
    },
  });
  socket.once("close", leave);
}
