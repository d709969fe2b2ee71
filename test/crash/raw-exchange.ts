import { connect } from "node:net";

/** Asks the server to answer and hang up: a connection whose bytes made a whole request ends with this. */
const goodbye = "GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/** How long nothing need come before we end our half: the bytes were less than a request, and the server waits. */
const quietMs = 150;
/** The server's own patience with a request is 30 s. */
const hangMs = 45_000;

/**
 * Sends the bytes on a connection of their own and answers with all that came back when it is closed. An event stream
 * has no end: it is left when its head is there.
 *
 * @throws Error when the server neither answers nor hangs up.
 */
export function exchange(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const quiet = setTimeout(() => socket.end(), quietMs);
    const hang = setTimeout(() => {
      reject(new Error(`no answer and no end: ${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`));
      socket.destroy();
    }, hangMs);
    socket.on("data", (piece) => {
      answer += piece.toString("latin1");
      if (/^content-type: text\/event-stream/im.test(answer)) socket.destroy();
    });
    socket.on("end", () => socket.end());
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(quiet);
      clearTimeout(hang);
      resolve(answer);
    });
    socket.write(bytes);
    socket.write(goodbye);
  });
}

/** The statuses of the answers in what came back. */
export const statusesIn = (answer: string): readonly number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
