import { CommandError } from "./command-error.ts";

/** Why nobody answered at `url`: one cause and one thing to do. */
export function connectionFailure(url: string, error: unknown): CommandError {
  const { hostname, port, protocol } = new URL(url);
  const code = codeOf(error);
  const at = `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
  const fail = (message: string, fix: string) => new CommandError("unreachable", message, { fix, cause: error });
  switch (code) {
    case "WrongCertificate":
      return new CommandError("wrong_certificate", error instanceof Error ? error.message : `${at} is another bridge`, {
        fix: "if the bridge has a new certificate, join it again with a new line of claude-bridge invite; if not, somebody is in between",
        cause: error,
      });
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return fail(`the host name ${hostname} has no address here`, "use the address that the bridge's machine prints");
    case "ECONNREFUSED":
      return fail(
        `reached ${hostname}, but its port ${at.split(":").at(-1)} is closed`,
        "start the bridge there with --host 0.0.0.0, and let Node through its firewall",
      );
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
    case "UND_ERR_CONNECT_TIMEOUT":
    case "TimeoutError":
      return fail(
        `${at} does not answer`,
        "see that both machines are on one network (or tailnet) and that no firewall is in between",
      );
    case "CERT_HAS_EXPIRED":
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "ERR_TLS_CERT_ALTNAME_INVALID":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return new CommandError(
        "wrong_certificate",
        `nobody that this machine trusts vouches for the certificate of ${at} (${code})`,
        {
          fix: "give --fingerprint with the SHA-256 that the bridge prints",
          cause: error,
        },
      );
    case "EPROTO":
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
      return fail(`${at} speaks no TLS`, `try http://${at}`);
    case "ECONNRESET":
    case "UND_ERR_SOCKET":
      return fail(
        `${at} ended the connection without an answer`,
        `try ${protocol === "https:" ? "http" : "https"}://${at}`,
      );
    default:
      return fail(`${at} cannot be reached${code === "" ? "" : ` (${code})`}`, "see that the bridge runs there");
  }
}

/** Somebody answered, and it was no bridge. */
export const noBridge = (url: string, cause?: unknown): CommandError =>
  new CommandError("unreachable", `what answers at ${url} is no Claude Bridge`, {
    fix: "use the address and the port that the bridge prints",
    cause,
  });

/** Fetch says only that it failed, and keeps the reason inside; for a name with several addresses, deeper inside. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if (error.name === "TimeoutError" || error.name === "WrongCertificate") return error.name;
  if ("code" in error && typeof error.code === "string" && error.code !== "") return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}
