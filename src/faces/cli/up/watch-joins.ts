import type { AskedBridge } from "../ask-bridge.ts";
import { CommandError } from "../command-error.ts";
import { visibleOnLine } from "../visible-on-line.ts";

/** Soon enough for somebody who looks from one screen to the other, and next to nothing for the relay. */
const lookMs = 2000;

/** Says a line for each machine and person that joins from now on, until it is closed. */
export async function watchJoins(bridge: AskedBridge, tell: (line: string) => void): Promise<{ close(): void }> {
  const list = async () => (await bridge.call("principals")).principals;
  const known = new Set((await list()).map(({ id }) => id));
  let isLooking = false;

  async function look(): Promise<void> {
    for (const { id, kind, name } of await list()) {
      if (known.has(id)) continue;
      known.add(id);
      tell(`  + ${visibleOnLine(name)} joined (${kind})`);
    }
  }

  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look()
      .catch((error: unknown) => {
        // The relay is stopping; otherwise the next look will do.
        if (!(error instanceof CommandError)) throw error;
      })
      .finally(() => {
        isLooking = false;
      });
  }, lookMs).unref();
  return { close: () => clearInterval(timer) };
}
