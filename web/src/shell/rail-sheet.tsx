import { type ReactNode, useState } from "react";
import { usePathname } from "wouter/use-browser-location";
import { Button } from "../parts/button.tsx";
import { Modal } from "../parts/modal.tsx";
import { RailContent } from "./rail-content.tsx";
import "./rail-sheet.css";

interface Props {
  readonly children: ReactNode;
  /** What else is to be done there, where there is no room for it beside the name. */
  readonly actions?: ReactNode;
}

/** The name of a screen. Where there is no room for the rail, the way to it stands beside the name. */
export function ScreenName({ children, actions }: Props) {
  return (
    <>
      <h1 dir="auto">{children}</h1>
      <RailSheet actions={actions} />
    </>
  );
}

function RailSheet({ actions }: Pick<Props, "actions">) {
  const place = usePathname();
  // It closes by itself when it has led somewhere.
  const [openAt, setOpenAt] = useState<string>();
  const close = () => setOpenAt(undefined);
  return (
    <>
      <Button
        kind="quiet"
        className="rail-sheet-button"
        aria-label="Channels and agents"
        aria-haspopup="dialog"
        onClick={() => setOpenAt(place)}
      >
        ▾
      </Button>
      {openAt === place ? (
        <Modal label="Channels and agents" className="rail-sheet" onClose={close}>
          <RailContent />
          <div className="rail-sheet-end">
            {actions}
            <Button onClick={close}>Close</Button>
          </div>
        </Modal>
      ) : undefined}
    </>
  );
}
