import { Logo } from "../../parts/logo.tsx";
import { HowToSignIn } from "./how-to-sign-in.tsx";
import "./sign-in.css";

/** For whoever the bridge does not know; `refusal` is why the link that they came with did not sign them in. */
export function SignIn({ refusal }: { readonly refusal: Error | undefined }) {
  return (
    <main className="sign-in">
      <h1>
        <Logo /> Claude Bridge
      </h1>
      <p>
        <strong>{location.host}</strong> asks who you are.
      </p>
      <HowToSignIn refusal={refusal} />
    </main>
  );
}
