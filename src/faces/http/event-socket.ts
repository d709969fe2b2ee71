import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Takes the socket of an answer whose head has been sent away from Node's HTTP, which keeps a parser, the request
 * and the response for as long as an answer is open: most of what an idle stream costs. It is what Node does when a
 * connection is upgraded, by the same means. From then on nothing that the reader sends is looked at, and the
 * socket is ours to end.
 */
export async function takeSocket(response: ServerResponse, socket: Socket): Promise<void> {
  const { req: request } = response;
  // HTTP would cut the connection of a request that it has to forget half read.
  if (!request.complete) return;
  if (!request.closed) await once(request.resume(), "close");
  // Whoever else listens, as TLS does, needs the listeners that are there: then HTTP keeps its own, too.
  if (socket.destroyed || socket.listenerCount("close") !== ofHttp) return;
  response.detachSocket(socket);
  // What HTTP does when a connection closes: it frees the parser and forgets the request.
  for (const letGo of socket.listeners("close")) letGo.call(socket);
  socket.removeAllListeners();
  socket.on("error", ignore).on("end", destroy).resume();
}

/** Who listens for the end of a connection: HTTP for itself, and for the response, which `detachSocket` undoes. */
const ofHttp = 2;

const ignore = () => {};

/** Nobody half closes the connection of a stream that he reads. */
function destroy(this: Socket): void {
  this.destroy();
}
