import { type ReactNode, useState } from "react";
import { usePathname } from "wouter/use-browser-location";
import { Button } from "../parts/button.tsx";
import { Modal } from "../parts/modal.tsx";
import { RailContent } from "./rail-content.tsx";
import "./rail-sheet.css";

/** The name of a screen. Where there is no room for the rail, the way to it stands beside the name. */
export function ScreenName({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <h1 dir="auto">{children}</h1>
      <RailSheet />
    </>
  );
}

function RailSheet() {
  const place = usePathname();
  // It closes by itself when it has led somewhere.
  const [openAt, setOpenAt] = useState<string>();
  const close = () => setOpenAt(undefined);
  return (
    <>
      <Button kind="quiet" className="rail-sheet-button" aria-haspopup="dialog" onClick={() => setOpenAt(place)}>
        Channels
      </Button>
      {openAt === place ? (
        <Modal label="Channels and agents" className="rail-sheet" onClose={close}>
          <RailContent />
          <Button className="rail-sheet-close" onClick={close}>
            Close
          </Button>
        </Modal>
      ) : undefined}
    </>
  );
}
