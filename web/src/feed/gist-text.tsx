import type { Gist } from "../../../src/view/said.ts";
import "./gist-text.css";

/** A few words of what a message says; of JSON its keys and values, never braces. */
export function GistText({ gist }: { readonly gist: Gist }) {
  if ("text" in gist) return <p className="gist">{gist.text}</p>;
  return (
    <p className="gist">
      {gist.pairs.map(([key, value], at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a key that is shown may be there twice
        <span key={at}>
          <span className="gist-key">{key}</span> {value}{" "}
        </span>
      ))}
    </p>
  );
}
