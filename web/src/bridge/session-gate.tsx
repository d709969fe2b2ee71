import type { ReactNode } from "react";
import { Away } from "../screens/sign-in/away.tsx";
import { Refused } from "../screens/sign-in/refused.tsx";
import { SignIn } from "../screens/sign-in/sign-in.tsx";
import { SignedOut } from "../screens/sign-in/signed-out.tsx";
import { BridgeProvider } from "./bridge.tsx";
import { useSessionState } from "./session.ts";

/**
 * What is inside is shown to whoever may read; to others, how to sign in. When a session ends, what is inside stays
 * under the way to sign in again: nothing that was typed is lost.
 */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const state = useSessionState();
  switch (state.kind) {
    case "opening":
      return undefined;
    case "away":
      return <Away retryAt={state.retryAt} />;
    case "refused":
      return <Refused error={state.error} />;
    case "unknown":
      return <SignIn refusal={state.refusal} />;
    case "open":
    case "ended":
      return (
        <BridgeProvider session={state.session} round={state.round}>
          {children}
          {state.kind === "ended" ? <SignedOut at={state.at} /> : undefined}
        </BridgeProvider>
      );
  }
}
