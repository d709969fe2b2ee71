import { Suspense, useState } from "react";
import { useCommand } from "../keys/use-command.ts";
import { deferred } from "../parts/deferred.ts";
import { Modal } from "../parts/modal.tsx";

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
    // What is typed meanwhile must not be taken for commands.
    <Suspense fallback={shown === undefined ? undefined : <Loading onClose={close} />}>
      {shown === "help" ? <KeysHelp onClose={close} /> : undefined}
      {shown === "palette" ? <Palette onClose={close} /> : undefined}
    </Suspense>
  );
}

const Loading = ({ onClose }: { readonly onClose: () => void }) => (
  <Modal label="Loading" onClose={onClose}>
    <p className="modal-loading">Loading …</p>
  </Modal>
);
