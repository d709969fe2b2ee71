import { type FormEvent, useState } from "react";
import { visible } from "../../../../src/core/visible.ts";
import { Button } from "../../parts/button.tsx";
import "../../parts/confirm.css";
import { Modal } from "../../parts/modal.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import "./rename-button.css";

interface Props {
  readonly name: string;
  readonly onRename: (name: string) => Promise<unknown>;
}

/** Gives a machine another name. What it has sent keeps the name of its time. */
export function RenameButton({ name, onRename }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <>
      <Button kind="quiet" aria-label={`Rename ${visible(name)}`} onClick={() => setIsOpen(true)}>
        Rename
      </Button>
      {isOpen ? (
        <Modal label={`Rename ${visible(name)}`} onClose={close}>
          <RenameForm name={name} onRename={onRename} onClose={close} />
        </Modal>
      ) : undefined}
    </>
  );
}

function RenameForm({ name, onRename, onClose }: Props & { readonly onClose: () => void }) {
  const [next, setNext] = useState(name);
  const [error, setError] = useState<Error>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      await onRename(next.trim());
      onClose();
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    }
  }

  return (
    <form className="confirm rename" onSubmit={(event) => void submit(event)}>
      <h2>Rename {visible(name)}</h2>
      <label>
        New name
        <input
          required
          maxLength={48}
          autoComplete="off"
          spellCheck={false}
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
      </label>
      <p className="confirm-text">
        What it has sent keeps the old name. Mail for the old name still reaches its agents.
      </p>
      <Trouble error={error} />
      <div className="confirm-actions">
        <Button onClick={onClose}>Leave it</Button>
        <Button kind="primary" type="submit">
          Rename
        </Button>
      </div>
    </form>
  );
}
