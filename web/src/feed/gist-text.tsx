import type { Gist } from "../../../src/view/said.ts";
import "./gist-text.css";

interface Props {
  readonly gist: Gist;
  readonly isOneLine?: boolean;
}

/** A few words of what a message says; of JSON its keys and values, never braces. */
export function GistText({ gist, isOneLine = false }: Props) {
  const className = isOneLine ? "gist gist-one-line" : "gist";
  if ("text" in gist) {
    return (
      <p className={className} dir="auto">
        {gist.text}
      </p>
    );
  }
  return (
    <p className={className}>
      {gist.pairs.map(([key, value], at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a key that is shown may be there twice
        <span key={at}>
          <bdi className="gist-key">{key}</bdi> <bdi>{value}</bdi>{" "}
        </span>
      ))}
    </p>
  );
}
