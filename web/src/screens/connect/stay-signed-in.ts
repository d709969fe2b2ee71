import type { BridgeClient } from "../../../../src/client/index.ts";

/**
 * The first machine that joins makes a bridge ask everybody who they are. A page that came in without being asked signs
 * itself in before that, so that it is not locked out by what it has made.
 */
export async function staySignedIn(client: Pick<BridgeClient, "session" | "signInCode" | "signIn">): Promise<void> {
  const { isSignedIn, asksForCredential } = await client.session();
  if (isSignedIn || asksForCredential) return;
  await client.signIn({ code: await client.signInCode() });
}
