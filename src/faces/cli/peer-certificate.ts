import { isIP } from "node:net";
import { connect } from "node:tls";
import { connectionFailure } from "./connection-failure.ts";

const answerWithinMs = 10_000;

/**
 * The certificate that whoever listens at `url` shows, as PEM. Nothing is sent, and nothing is believed.
 *
 * @throws CommandError when there is none.
 */
export function peerCertificate(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      rejectUnauthorized: false,
      timeout: answerWithinMs,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const fail = (error: unknown) => {
      socket.destroy();
      reject(connectionFailure(url, error));
    };
    socket.once("error", fail);
    socket.once("timeout", () => fail(new DOMException("no answer", "TimeoutError")));
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate === undefined) reject(connectionFailure(url, undefined));
      else resolve(certificate.toString());
    });
  });
}
