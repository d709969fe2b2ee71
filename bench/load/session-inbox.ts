import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Stands in for the socket on which an agent's client takes messages for its session. */
export interface SessionInbox extends Disposable {
  readonly path: string;
  /** How many frames have come. */
  frames(): number;
  /** Resolves with the next frame, when all of it has come. */
  next(): Promise<string>;
}

/** In a folder of its own: the path of a socket may not be long. */
export async function openSessionInbox(): Promise<SessionInbox> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const path = join(folder, "session.sock");
  let frames = 0;
  let arrived = (_frame: string) => {};
  const server = createServer((socket) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        frames += 1;
        arrived(line);
      }
    });
    socket.on("error", () => undefined);
  });
  server.listen(path).unref();
  await once(server, "listening");
  return {
    path,
    frames: () => frames,
    next: () => new Promise((resolve) => (arrived = resolve)),
    [Symbol.dispose]: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
