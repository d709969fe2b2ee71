import type { IncomingMessage } from "node:http";
import type { Credentials } from "../../core/access.ts";
import { isForwarded, isLoopback } from "./boundary.ts";

/** Who a request says that it is from. Whether that is so is for `access` to say. */
export function credentialsIn({ headers }: IncomingMessage, address: string, queryToken?: string): Credentials {
  const { authorization, cookie } = headers;
  return {
    bearer: authorization === undefined ? undefined : bearerIn(authorization),
    // An empty parameter counts as absent, as all of them do.
    queryToken: queryToken === "" ? undefined : queryToken,
    cookie: cookie === undefined ? undefined : sessionIn(cookie),
    address,
    isLocal: isLoopback(address) && !isForwarded((name) => headers[name]?.toString()),
  };
}

/** The scheme's case does not matter (RFC 9110, section 11.1). */
const bearerIn = (header: string) => /^bearer +(.+)$/i.exec(header)?.[1]?.trim() ?? "";

/** The name of the cookie that holds a browser's session. */
export const sessionCookie = "claude_bridge_session";

function sessionIn(header: string): string | undefined {
  const pairs = header.split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${sessionCookie}=`))?.slice(sessionCookie.length + 1);
}
