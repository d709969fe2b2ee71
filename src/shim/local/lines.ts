import type { Socket } from "node:net";
import { maxLineLength } from "../limits.ts";

/** The lines that come over the socket, without their ends; ends it when one is too long. */
export async function* linesOf(socket: Socket): AsyncGenerator<string, void, void> {
  let rest = "";
  socket.setEncoding("utf8");
  for await (const chunk of socket as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > maxLineLength) {
      socket.destroy();
      return;
    }
  }
}

/** Undefined for what is no JSON object. */
export function parseLine(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
