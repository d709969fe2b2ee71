import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeSocket } from "./event-socket.ts";

let server: Server;
let reader: Socket;
let requests: number;
let answer: (response: ServerResponse, socket: Socket) => Promise<void> = async () => {};

beforeEach(async () => {
  requests = 0;
  server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(200);
    response.flushHeaders();
    if (response.socket !== null) void answer(response, response.socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  reader = connect((server.address() as AddressInfo).port, "127.0.0.1");
});
afterEach(() => {
  reader.destroy();
  server.close();
});

/** Asks for a stream, and resolves with the server's socket when that was taken, or not. */
function ask(rest = "\r\n"): Promise<Socket> {
  return new Promise((resolve) => {
    answer = async (response, socket) => {
      // Routes run when what has come of the request has been parsed.
      await setImmediate();
      await takeSocket(response, socket);
      resolve(socket);
    };
    reader.write(`GET / HTTP/1.1\r\nHost: localhost\r\n${rest}`);
  });
}

async function readUntil(end: string): Promise<string> {
  let text = "";
  for await (const chunk of reader.setEncoding("latin1").iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.endsWith(end)) break;
  }
  return text;
}

describe("the socket of an event stream", () => {
  it("is nothing that HTTP knows of any more", async () => {
    const socket = await ask();
    server.closeAllConnections();
    socket.write("5\r\nhello\r\n");
    expect(await readUntil("hello\r\n")).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(socket.listenerCount("close")).toBe(0);
  });

  it("takes no further request", async () => {
    const socket = await ask();
    reader.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    reader.end();
    await once(socket, "close");
    expect(requests).toBe(1);
  });

  it("closes when the reader has ended its side", async () => {
    const socket = await ask();
    reader.end();
    await once(socket, "close");
    expect(socket.destroyed).toBe(true);
  });

  it("stays with HTTP while its request has not come whole", async () => {
    const socket = await ask("Content-Length: 3\r\n\r\n");
    expect(socket.listenerCount("close")).toBeGreaterThan(0);
    expect(socket.destroyed).toBe(false);
  });
});
