/**
 * A bare coalescing SSE writer: a POST is parsed, made a frame once and answered; what is due is written to every
 * subscriber with one `write` of shared bytes, at once when it was quiet and 5 ms after the last time otherwise.
 * Stores nothing, and keeps nothing for readers that come back.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const flushEveryMs = 5;
const answer = JSON.stringify({ ok: true });
const subscribers = new Set<ServerResponse>();
let due: Buffer[] = [];
let seq = 0;
let flushedAt = 0;

function publish(text: string): void {
  const { channel, sender, content } = JSON.parse(text) as { channel: string; sender: string; content: string };
  seq += 1;
  const id = `00000000-0000-8000-8000-${`${seq}`.padStart(12, "0")}`;
  const at = new Date().toISOString();
  const row = { seq, prev: seq - 1, id, channel, sender, content, timestamp: at, ts: at, is_json: false };
  const data = JSON.stringify({ ...row, preview: content.slice(0, 200) });
  due.push(Buffer.from(`id: ${id}\r\nevent: message\r\ndata: ${data}\r\n\r\n`));
  if (due.length > 1) return;
  const waitMs = flushedAt + flushEveryMs - performance.now();
  if (waitMs > 0) setTimeout(flush, waitMs);
  else setImmediate(flush);
}

function flush(): void {
  const bytes = Buffer.concat(due);
  due = [];
  for (const subscriber of subscribers) subscriber.write(bytes);
  flushedAt = performance.now();
}

function subscribe(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.flushHeaders();
  subscribers.add(response);
  response.on("close", () => subscribers.delete(response));
}

function receive(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    publish(Buffer.concat(chunks).toString());
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": answer.length });
    response.end(answer);
  });
}

const server = createServer((request, response) => {
  if (request.method === "GET") subscribe(response);
  else receive(request, response);
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
