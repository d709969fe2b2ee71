import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useLive, useMay } from "../bridge/bridge.tsx";
import { Button, Key } from "../parts/button.tsx";
import "./composer.css";
import { ViewOnly } from "./view-only.tsx";

/** Where one writes; whoever may not is told so. */
export function Composer({ channel }: { readonly channel: string }) {
  return useMay("write") ? <Writing channel={channel} /> : <ViewOnly />;
}

/** Writes a message into a channel. The row stands there at once, and its receipt fills in. */
function Writing({ channel }: { readonly channel: string }) {
  const live = useLive();
  const [content, setContent] = useState("");

  function send() {
    if (content.trim() === "") return;
    setContent("");
    // Why it failed stands in its row.
    live.outbox.send({ channel, content, sender: "you" }).catch(() => {});
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
