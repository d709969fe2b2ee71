import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import "./confirm.css";
import { Modal } from "./modal.tsx";
import { Trouble } from "./trouble.tsx";

interface Props {
  /** On the button that asks. */
  readonly action: string;
  /** The same for those who do not see where it stands. */
  readonly label: string;
  readonly title: string;
  /** What it does that cannot be taken back. */
  readonly children: ReactNode;
  readonly onConfirm: () => Promise<unknown>;
}

/** A button for what cannot be taken back: it says first what it would do. */
export function Confirm({ action, label, title, children, onConfirm }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [error, setError] = useState<Error>();

  async function confirm() {
    try {
      await onConfirm();
      setIsOpen(false);
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    }
  }

  function open() {
    setError(undefined);
    setIsOpen(true);
  }

  return (
    <>
      <Button kind="danger" aria-label={label} onClick={open}>
        {action}
      </Button>
      {isOpen ? (
        <Modal label={title} onClose={() => setIsOpen(false)}>
          <div className="confirm">
            <h2>{title}</h2>
            <div className="confirm-text">{children}</div>
            <Trouble error={error} />
            <div className="confirm-actions">
              <Button onClick={() => setIsOpen(false)}>Leave it</Button>
              <Button kind="danger" onClick={() => void confirm()}>
                {action}
              </Button>
            </div>
          </div>
        </Modal>
      ) : undefined}
    </>
  );
}
