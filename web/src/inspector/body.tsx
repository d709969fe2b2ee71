import { useMemo, useState } from "react";
import type { ReceivedMessage } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import type { Said } from "../../../src/view/said.ts";
import { Button } from "../parts/button.tsx";
import { JsonTree } from "./json-tree.tsx";

interface Props {
  readonly message: ReceivedMessage;
  readonly said: Said;
}

/** What a message says: JSON as a tree, text as text, and both as they were sent. Nothing of it is obeyed. */
export function Body({ message, said }: Props) {
  const [isRaw, setRaw] = useState(false);
  const value = useMemo(() => structureOf(said.body), [said.body]);
  const hasTree = value !== undefined;
  const hasForms = hasTree || (typeof said.body === "string" && said.body !== message.content);
  return (
    <section className="body" aria-label="Content">
      {hasForms ? (
        <fieldset className="view-tabs" aria-label="Shown as">
          <button type="button" aria-pressed={!isRaw} onClick={() => setRaw(false)}>
            {hasTree ? "Tree" : "Text"}
          </button>
          <button type="button" aria-pressed={isRaw} onClick={() => setRaw(true)}>
            Raw
          </button>
        </fieldset>
      ) : undefined}
      {hasTree && !isRaw ? (
        <JsonTree value={value} />
      ) : (
        <Plain text={isRaw || typeof said.body !== "string" ? message.content : said.body} />
      )}
    </section>
  );
}

/** Undefined for what is just a text. Some agents send JSON as the text of an envelope. */
function structureOf(body: unknown): object | undefined {
  if (typeof body === "object" && body !== null) return body;
  if (typeof body !== "string" || !/^\s*[[{]/.test(body)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** More than anybody reads at once, and as much as is shown without a pause. */
const mostShown = 16_000;

function Plain({ text }: { readonly text: string }) {
  const [isWhole, showAll] = useState(false);
  const isCut = !isWhole && text.length > mostShown;
  return (
    <>
      <pre tabIndex={0} aria-label="Text" dir="auto">
        {visible(isCut ? text.slice(0, mostShown).toWellFormed() : text)}
      </pre>
      {isCut ? (
        <Button onClick={() => showAll(true)}>Show all {text.length.toLocaleString("en-GB")} characters</Button>
      ) : undefined}
    </>
  );
}
