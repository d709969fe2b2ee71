import { Suspense, useState } from "react";
import { useCommand } from "../keys/use-command.ts";
import { deferred } from "../parts/deferred.ts";

// Loaded when they are first wanted: most visits need neither.
const KeysHelp = deferred(async () => (await import("../keys/keys-help.tsx")).KeysHelp);
const Palette = deferred(async () => (await import("../palette/palette.tsx")).Palette);

/** What comes in front of every screen. */
export function Overlays() {
  const [shown, show] = useState<"help" | "palette">();
  const close = () => show(undefined);
  useCommand("help", () => show("help"));
  useCommand("palette", () => show("palette"));
  return (
    <Suspense>
      {shown === "help" ? <KeysHelp onClose={close} /> : undefined}
      {shown === "palette" ? <Palette onClose={close} /> : undefined}
    </Suspense>
  );
}
