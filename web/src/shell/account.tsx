import { useId } from "react";
import { visible } from "../../../src/core/visible.ts";
import { useSession } from "../bridge/bridge.tsx";
import { session } from "../bridge/session.ts";
import { Button } from "../parts/button.tsx";
import "./account.css";

/** Who is signed in, and the way out. Nothing where the bridge asks nobody who they are. */
export function Account() {
  const { who } = useSession();
  const id = useId();
  if (who === undefined) return undefined;
  const name = visible(who.name);
  return (
    <>
      <Button kind="quiet" className="account" aria-label={`Signed in as ${name}`} popoverTarget={id}>
        <bdi className="account-name">{name}</bdi>
      </Button>
      <div id={id} popover="auto" className="account-card">
        <p>
          Signed in as <bdi>{name}</bdi>.
        </p>
        <Button onClick={signOut}>Sign out</Button>
      </div>
    </>
  );
}

/** The page goes with the session: nothing of what was read stays in it. */
function signOut(): void {
  const leave = () => location.reload();
  session.signOut().then(leave, leave);
}
