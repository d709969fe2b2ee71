import { useState } from "react";
import { visible } from "../../../src/core/visible.ts";
import { Button } from "../parts/button.tsx";
import "./json-tree.css";

/** So many of an object or a list are shown at first, and with each step more. */
const pageSize = 100;
/** Objects and lists are open where one sees them whole. */
const openDepth = 3;
const openEntries = 24;
/** Of a text in a tree; the rest is one press away. */
const mostOfText = 600;

/** JSON whose objects and lists open one by one. What is not open is not there: a message may nest a thousand deep. */
export function JsonTree({ value }: { readonly value: object }) {
  return (
    <section className="json-tree" aria-label="Tree">
      <Entries value={value} depth={0} />
    </section>
  );
}

function Entries({ value, depth }: { readonly value: object; readonly depth: number }) {
  const [count, setCount] = useState(pageSize);
  const entries = Object.entries(value);
  const isList = Array.isArray(value);
  return (
    <>
      {entries.length === 0 ? (
        <p className="json-tree-empty">{isList ? "an empty list" : "an empty object"}</p>
      ) : undefined}
      {entries.slice(0, count).map(([key, inside]: [string, unknown]) => (
        <Entry key={key} name={key} isIndex={isList} value={inside} depth={depth} />
      ))}
      {entries.length > count ? (
        <Button kind="quiet" onClick={() => setCount(count + pageSize)}>
          {Math.min(pageSize, entries.length - count)} more of {entries.length.toLocaleString("en-GB")}
        </Button>
      ) : undefined}
    </>
  );
}

interface EntryProps {
  readonly name: string;
  readonly isIndex: boolean;
  readonly value: unknown;
  readonly depth: number;
}

function Entry({ name, isIndex, value, depth }: EntryProps) {
  const isBranch = typeof value === "object" && value !== null;
  const size = isBranch ? Object.keys(value).length : 0;
  const [isOpen, setOpen] = useState(depth < openDepth && size <= openEntries);
  const label = (
    <bdi className={isIndex ? "json-tree-index" : "json-tree-key"}>{visible(name, { keepsLines: false })}</bdi>
  );
  if (!isBranch) {
    return (
      <p className="json-tree-leaf">
        {label} <Leaf value={value} />
      </p>
    );
  }
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label} <span className="json-tree-size">{Array.isArray(value) ? `[${size}]` : `{${size}}`}</span>
      </summary>
      {isOpen ? (
        <div className="json-tree-inside">
          <Entries value={value} depth={depth + 1} />
        </div>
      ) : undefined}
    </details>
  );
}

function Leaf({ value }: { readonly value: unknown }) {
  const [isWhole, showAll] = useState(false);
  if (typeof value !== "string") return <span className="json-tree-word">{String(value)}</span>;
  const isCut = !isWhole && value.length > mostOfText;
  return (
    <>
      <span className="json-tree-text" dir="auto">
        {visible(isCut ? `${value.slice(0, mostOfText).toWellFormed()}…` : value)}
      </span>
      {isCut ? (
        <Button kind="quiet" onClick={() => showAll(true)}>
          Show all {value.length.toLocaleString("en-GB")} characters
        </Button>
      ) : undefined}
    </>
  );
}
