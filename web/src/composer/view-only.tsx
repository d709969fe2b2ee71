import { useSession } from "../bridge/bridge.tsx";
import { clockTime } from "../../../src/view/ages.ts";

/** Instead of a place to write, for whoever may only read. */
export function ViewOnly() {
  const { expiresAt } = useSession();
  return (
    <p className="composer composer-view-only">
      View only
      {expiresAt === undefined
        ? ""
        : `, until ${new Date(expiresAt).toLocaleDateString("en-GB")} ${clockTime(expiresAt)}`}
      . Ask whoever runs the bridge for the right to write.
    </p>
  );
}
