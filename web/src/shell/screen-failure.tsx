import { useState } from "react";
import { BridgeError } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import { useStatus } from "../bridge/use-status.ts";
import { Button } from "../parts/button.tsx";
import { copy } from "../parts/copy.ts";
import "./screen-failure.css";

interface Props {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** In place of a screen that could not be drawn: what, why, and what to do about it. */
export function ScreenFailure({ error, onRetry }: Props) {
  const [copied, setCopied] = useState("Copy details");
  const version = useStatus()?.version;
  const isOfFiles = error instanceof TypeError && /dynamically imported module|Importing a module/.test(error.message);

  async function copyDetails(): Promise<void> {
    const how = await copy(detailsOf(error, version));
    setCopied(how === "copied" ? "Copied" : "Could not copy");
  }

  return (
    <section className="screen-failure" role="alert">
      <h1>This screen cannot be shown</h1>
      <p>
        {isOfFiles
          ? "A part of it could not be loaded: the bridge is away, or has another version by now."
          : visible(error instanceof Error ? error.message : String(error))}
      </p>
      <p>Nothing is lost: messages are on the bridge, and the other screens work.</p>
      <div className="screen-failure-actions">
        <Button kind="primary" onClick={isOfFiles ? () => location.reload() : onRetry}>
          {isOfFiles ? "Reload" : "Try again"}
        </Button>
        <Button onClick={() => void copyDetails()}>{copied}</Button>
      </div>
    </section>
  );
}

/** For a report: no message and no name of anybody is in it but what the error itself says. */
function detailsOf(error: unknown, version: string | undefined): string {
  const code = error instanceof BridgeError ? ` (${error.code}, ${error.status ?? "no"} answer)` : "";
  return [
    `Claude Bridge ${version ?? "of an unknown version"}, the screen ${location.pathname.split("/")[1] ?? ""}`,
    `${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}${code}`,
    navigator.userAgent,
  ].join("\n");
}
