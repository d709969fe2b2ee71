import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useLive } from "../bridge/bridge.tsx";
import { useMay } from "../bridge/rights.ts";
import { Button, Key } from "../parts/button.tsx";
import "./composer.css";
import { patienceMs } from "./patience.ts";
import { ViewOnly } from "./view-only.tsx";

interface Props {
  readonly channel: string;
  readonly onSend: () => void;
}

/** Where one writes; whoever may not is told so. */
export function Composer(props: Props) {
  return useMay("write") ? <Writing {...props} /> : <ViewOnly />;
}

/** Writes a message into a channel. The row stands there at once, and its receipt fills in. */
function Writing({ channel, onSend }: Props) {
  const live = useLive();
  const [content, setContent] = useState("");

  function send() {
    if (content.trim() === "") return;
    setContent("");
    // Why it failed stands in its row.
    live.outbox.send({ channel, content, sender: "you" }, { patienceMs }).catch(() => {});
    onSend();
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    send();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
  }

  return (
    <form className="composer" onSubmit={onSubmit}>
      <textarea
        aria-label={`Message to ${channel}`}
        placeholder={`Message to ${channel}`}
        rows={1}
        value={content}
        onChange={(event) => setContent(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button kind="primary" type="submit">
        Send <Key>⌘↵</Key>
      </Button>
    </form>
  );
}
