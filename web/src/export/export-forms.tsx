import { useEffect, useRef, useState } from "react";
import { systemClock } from "../../../src/core/clock.ts";
import { collect } from "../../../src/view/export/collect.ts";
import { type ExportForm, writeExport } from "../../../src/view/export/write.ts";
import { client } from "../bridge/bridge.tsx";
import { Button } from "../parts/button.tsx";
import { fileName, save } from "./save.ts";

export interface Exporting {
  /** What is looked for: all that it finds goes into the file. */
  readonly query: string;
  readonly title: string;
}

const forms: Readonly<Record<ExportForm, { readonly words: string; readonly type: string }>> = {
  jsonl: { words: "JSON lines, to be imported", type: "application/x-ndjson" },
  md: { words: "Markdown", type: "text/markdown" },
  html: { words: "One page, with the diagram", type: "text/html" },
};
const formNames = Object.keys(forms) as readonly ExportForm[];

type Progress =
  | { readonly kind: "reading"; readonly count: number }
  | { readonly kind: "saved"; readonly count: number; readonly isCut: boolean }
  | { readonly kind: "failed"; readonly reason: string };

/** What to take along, and as what. */
export function ExportForms({ query, title }: Exporting) {
  const [form, setForm] = useState<ExportForm>("html");
  const [redact, setRedact] = useState(true);
  const [progress, tell] = useState<Progress>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const isReading = progress?.kind === "reading";

  async function run() {
    const own = new AbortController();
    stop.current = own;
    tell({ kind: "reading", count: 0 });
    try {
      const { messages, isCut } = await collect(client, query, (count) => tell({ kind: "reading", count }), own.signal);
      const parts = writeExport(messages, { form, title, redact, now: systemClock.now() });
      save(fileName(title, form), forms[form].type, parts);
      tell({ kind: "saved", count: messages.length, isCut });
    } catch (error) {
      if (own.signal.aborted) tell(undefined);
      else tell({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
    }
  }

  return (
    <>
      <fieldset disabled={isReading}>
        <legend>Export what is shown as</legend>
        {formNames.map((name) => (
          <label key={name}>
            <input type="radio" name="export-form" checked={form === name} onChange={() => setForm(name)} />
            {forms[name].words}
          </label>
        ))}
        <label className="export-redact">
          <input type="checkbox" checked={redact} onChange={({ target }) => setRedact(target.checked)} />
          Hide credentials
        </label>
      </fieldset>
      {isReading ? (
        <Button onClick={() => stop.current?.abort()}>Cancel</Button>
      ) : (
        <Button kind="primary" onClick={() => void run()}>
          Save file
        </Button>
      )}
      <output>{progress && wordsOf(progress)}</output>
    </>
  );
}

function wordsOf(progress: Progress): string {
  if (progress.kind === "failed") return progress.reason;
  const count = `${progress.count.toLocaleString("en-GB")} ${progress.count === 1 ? "message" : "messages"}`;
  if (progress.kind === "reading") return `${count} read`;
  return progress.isCut ? `${count} saved, the newest: the command line exports all` : `${count} saved`;
}
