import type { Program } from "../product/process.ts";
import { type Connection, openConnection } from "./connection.ts";
import { openEventStream } from "./event-stream.ts";
import { handshake, toolCall } from "./mcp-requests.ts";
import { post } from "./requests.ts";

/**
 * Connections of MCP's other two transports in the form of the first: asked for a call, whatever the bytes of the
 * request are, and answered with the result's text.
 */

/** HTTP+SSE: the call is posted, and its answer comes over the stream. */
export async function openSession(port: number, index: number): Promise<Connection> {
  const isInitialized = Promise.withResolvers<void>();
  let onAnswer: (status: number, body: Buffer) => void = () => isInitialized.resolve();
  const endpoint = Promise.withResolvers<string>();
  const stream = await openEventStream({
    port,
    path: "/sse",
    onFrame(bytes, start, end) {
      const found = /event: endpoint\r\ndata: (\S+)/.exec(bytes.toString("latin1", start, end))?.[1];
      if (found !== undefined) endpoint.resolve(found);
      else if (bytes[start] !== 58) onAnswer(200, bytes.subarray(start, end));
    },
    onEnd: () => undefined,
  });
  const connection = await openConnection(port);
  const path = await endpoint.promise;
  const say = (message: object) => new Promise<void>((resolve) => connection.ask(post(path, message), () => resolve()));
  for (const message of handshake) await say(message);
  await isInitialized.promise;
  const request = post(path, toolCall(7, index));
  return {
    ask(_request, answered) {
      // The post is accepted before or after the call is answered; the next may go when both are done.
      let missing = 2;
      let answer = Buffer.alloc(0);
      const arrived = () => {
        missing -= 1;
        if (missing === 0) answered(200, answer);
      };
      onAnswer = (_status, body) => {
        answer = Buffer.from(body);
        arrived();
      };
      connection.ask(request, arrived);
    },
    close() {
      stream.close();
      connection.close();
    },
  };
}

/** Callers that share one process's standard input and output, told apart by the ids of their calls. */
export async function openPipes({ child, line }: Program, count: number): Promise<readonly Connection[]> {
  const waiting = new Map<number, (status: number, body: Buffer) => void>();
  for (const message of handshake) child.stdin.write(`${JSON.stringify(message)}\n`);
  await line();
  const read = async (): Promise<never> => {
    for (;;) {
      const text = await line();
      const id = Number(/"id":(\d+)/.exec(text)?.[1]);
      waiting.get(id)?.(200, Buffer.from(text));
    }
  };
  read().catch(() => undefined);
  return Array.from({ length: count }, (_, index) => {
    const request = `${JSON.stringify(toolCall(100 + index, index))}\n`;
    return {
      ask(_request, onAnswer) {
        waiting.set(100 + index, onAnswer);
        child.stdin.write(request);
      },
      close: () => undefined,
    };
  });
}
