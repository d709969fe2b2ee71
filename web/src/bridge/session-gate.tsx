import { type ReactNode, useEffect, useState } from "react";
import type { Session } from "../../../src/client/index.ts";
import { SignIn } from "../screens/sign-in/sign-in.tsx";
import { BridgeProvider, client } from "./bridge.tsx";

/**
 * The code of a sign-in link is taken out of the address before anything else: it must not stay where one goes back to.
 * A browser's list of visited pages has it all the same; by then it was used.
 */
const linkCode = takeLinkCode();

function takeLinkCode(): string | undefined {
  const code = /^#signin=([\w-]+)$/.exec(location.hash)?.[1];
  if (code !== undefined) history.replaceState(null, "", location.pathname + location.search);
  return code;
}

/** What is inside is shown to whoever may read; to others, how to sign in. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<Session>();
  const [refusal, setRefusal] = useState<Error>();

  useEffect(() => {
    open().then(({ session: found, refusal: why }) => {
      setSession(found);
      setRefusal(why);
    }, setRefusal);
  }, []);

  if (session === undefined) {
    return refusal === undefined ? undefined : <p role="alert">{refusal.message}</p>;
  }
  if (session.asksForCredential && !session.isSignedIn) return <SignIn refusal={refusal} onSignedIn={setSession} />;
  return <BridgeProvider session={session}>{children}</BridgeProvider>;
}

let opening: Promise<{ readonly session: Session; readonly refusal: Error | undefined }> | undefined;

/** Once for the page: a link counts once. */
function open() {
  return (opening ??= (async () => {
    let refusal: Error | undefined;
    if (linkCode !== undefined) {
      try {
        return { session: await client.signIn({ code: linkCode }), refusal };
      } catch (error) {
        refusal = error instanceof Error ? error : new Error(String(error));
      }
    }
    return { session: await client.session(), refusal };
  })());
}
