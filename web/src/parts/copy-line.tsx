import { useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { copy as copyToClipboard } from "./copy.ts";
import "./copy-line.css";

interface Props {
  readonly text: string;
  /** What the line is, for those who do not see where it stands. */
  readonly label: string;
}

/** How long the button says what became of it. */
const saidMs = 2_500;

/** Something to be pasted elsewhere, whole, and a button that copies it. */
export function CopyLine({ text, label }: Props) {
  const [said, setSaid] = useState<string>();
  const line = useRef<HTMLPreElement>(null);

  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), saidMs);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy() {
    if ((await copyToClipboard(text)) === "copied") return setSaid("Copied");
    if (line.current !== null) getSelection()?.selectAllChildren(line.current);
    setSaid("Press Ctrl+C");
  }

  return (
    <div className="copy-line">
      <pre ref={line} tabIndex={0}>
        {text}
      </pre>
      <Button onClick={() => void copy()} aria-label={`Copy ${label}`}>
        {said ?? "Copy"}
      </Button>
      <output className="hidden-but-read">{said}</output>
    </div>
  );
}
