import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { createJournal, type Journal } from "./journal.ts";
import { asEvents, asJson } from "./messages-wire.ts";
import { readTurn, type Block, type Script, type Turn } from "./script.ts";

/** A model service on loopback whose model is a script. */
export interface MessagesApi {
  readonly url: string;
  /** The requests of the main conversation. Side calls, which offer no tools, are answered and left out. */
  readonly turns: Journal<Turn>;
  /** How many answers a model was asked for, those of side calls too. */
  requests(): number;
}

export async function startMessagesApi(script: Script): Promise<MessagesApi> {
  const turns = createJournal<Turn>();
  let requests = 0;
  const server = createServer((request, response) => {
    if (request.method === "POST") requests += 1;
    answer(request, response, script, turns).catch((error: unknown) => response.destroy(asError(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // listens on TCP, so it is no string
  return { url: `http://127.0.0.1:${port}`, turns, requests: () => requests };
}

async function answer(request: IncomingMessage, response: ServerResponse, script: Script, turns: Journal<Turn>) {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const body = await readText(request);
  if (request.method === "HEAD") return void response.writeHead(200).end();
  if (pathname === "/v1/messages/count_tokens") {
    // As dense as text gets: digits, or a script that has no spaces.
    return sendJson(response, 200, { input_tokens: body.length });
  }
  if (pathname !== "/v1/messages") return sendJson(response, 404, notFound);
  const turn = readTurn(body);
  const blocks = await answerTo(turn, script, turns);
  if (!turn.isStreamed) return sendJson(response, 200, asJson(turn.model, blocks));
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.end(asEvents(turn.model, blocks));
}

const notFound = { type: "error", error: { type: "not_found_error", message: "not found" } };

async function answerTo(turn: Turn, script: Script, turns: Journal<Turn>): Promise<readonly Block[]> {
  if (turn.tools.length === 0) return [{ text: '{"title":"test"}' }];
  turns.add(turn);
  return script(turn);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
