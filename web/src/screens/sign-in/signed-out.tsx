import { clockTime } from "../../../../src/view/ages.ts";
import { Modal } from "../../parts/modal.tsx";
import { HowToSignIn } from "./how-to-sign-in.tsx";
import "./sign-in.css";

/** In front of the page whose session has ended. Only signing in again, or leaving, closes it. */
export function SignedOut({ at }: { readonly at: number }) {
  return (
    <Modal label="Signed out" className="sign-in-again">
      <div className="sign-in">
        <h2>This browser was signed out at {clockTime(at)}</h2>
        <p>
          Somebody has ended its session at <strong>{location.host}</strong>, or it has expired. What you were writing
          is kept. Sign in again to go on.
        </p>
        <HowToSignIn />
      </div>
    </Modal>
  );
}
