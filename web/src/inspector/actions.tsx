import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { ReceivedMessage } from "../../../src/client/index.ts";
import { pasteBlock } from "../../../src/view/paste-block.ts";
import { saidOf } from "../../../src/view/wire/spoken.ts";
import { useReply } from "../composer/reply.ts";
import { useCommand } from "../keys/use-command.ts";
import { Button, Key } from "../parts/button.tsx";
import { copy } from "../parts/copy.ts";
import { paths } from "../routes.ts";

/** What one does with a message: answer it, or take it elsewhere. */
export function Actions({ message }: { readonly message: ReceivedMessage }) {
  const [said, say] = useState("");
  const [byHand, setByHand] = useState<string>();
  const link = `${location.origin}${paths.message(message.id)}`;

  async function take(text: string, words: string) {
    const isCopied = (await copy(text)) === "copied";
    say(isCopied ? words : "");
    setByHand(isCopied ? undefined : text);
  }

  const copyLink = () => void take(link, "Link copied.");
  const paste = () => void take(pasteBlock(message, link), "Copied. Paste it to Claude.");
  const reply = useReplyTo(message);
  useCommand("copy-link", copyLink);
  useCommand("paste-to-claude", paste);
  useCommand("reply", reply);
  return (
    <div className="inspector-actions">
      <Button onClick={copyLink}>
        Copy link <Key>y</Key>
      </Button>
      <Button onClick={() => void take(textOf(message), "Text copied.")}>Copy text</Button>
      <Button onClick={paste}>
        Paste to Claude <Key>p</Key>
      </Button>
      <Button className="inspector-reply" onClick={reply}>
        Reply <Key>r</Key>
      </Button>
      <output>{said}</output>
      {byHand === undefined ? undefined : <ByHand text={byHand} />}
    </div>
  );
}

/** A reply is written in the message's channel. */
function useReplyTo(message: ReceivedMessage): () => void {
  const [, setReply] = useReply();
  const [path, go] = useLocation();
  const channel = paths.channel(message.channel);
  return () => {
    setReply(message);
    if (path !== channel) go(`${channel}?${new URLSearchParams({ at: message.id, sel: message.id })}`);
  };
}

function textOf(message: ReceivedMessage): string {
  const { body } = saidOf(message);
  return typeof body === "string" ? body : JSON.stringify(body, undefined, 2);
}

/** Where the browser lets a page copy nothing. */
function ByHand({ text }: { readonly text: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.select(), [text]);
  return (
    <label className="inspector-by-hand">
      This browser copies nothing from here. It is selected: press Ctrl+C.
      <textarea ref={field} readOnly value={text} rows={4} />
    </label>
  );
}
