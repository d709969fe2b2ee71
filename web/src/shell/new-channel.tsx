import { type FormEvent, useId, useState } from "react";
import { useLocation } from "wouter";
import { channelNameProblem } from "../../../src/view/channel-name.ts";
import { Button } from "../parts/button.tsx";
import { Modal } from "../parts/modal.tsx";
import { paths } from "../routes.ts";
import "../parts/dialog.css";

/** A channel is there as soon as something is written into it: this leads to the place to write. */
export function NewChannel() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="rail-new">
      <Button kind="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        New channel
      </Button>
      {isOpen ? <NameDialog onClose={() => setOpen(false)} /> : undefined}
    </div>
  );
}

function NameDialog({ onClose }: { readonly onClose: () => void }) {
  const [, go] = useLocation();
  const [typed, setTyped] = useState("");
  const [isAsked, setAsked] = useState(false);
  const hint = useId();
  const name = typed.trim();
  const problem = channelNameProblem(name);
  const isWrong = problem !== undefined && (isAsked || typed !== "");

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (problem !== undefined) return;
    onClose();
    go(paths.channel(name));
  }

  return (
    <Modal label="New channel" className="dialog" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <h2 className="dialog-title">New channel</h2>
        <label className="dialog-field">
          Name
          <input
            autoComplete="off"
            spellCheck={false}
            placeholder="payments:worker"
            value={typed}
            aria-invalid={isWrong}
            aria-describedby={hint}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <p id={hint} className={isWrong ? "dialog-error" : "dialog-text"} aria-live="polite">
          {isWrong
            ? `This cannot be its name: ${problem}.`
            : "What stands before a colon is its group. It is there once it has a message."}
        </p>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit">
            Open
          </Button>
        </div>
      </form>
    </Modal>
  );
}
