import type { ReceivedMessage } from "../../client/index.ts";
import { html } from "./html.ts";
import { jsonLine } from "./json-line.ts";
import { messageJson } from "./message-json.ts";
import { markdown } from "./markdown.ts";

/** How messages are written into a file: what stands before all, before those of a channel, for each, and at the end. */
export interface ExportFormat {
  /** `figure` is markup of ours that may stand before the messages; not every form has a place for it. */
  readonly begin: (title: string, figure?: string) => string;
  readonly channel: (name: string) => string;
  readonly message: (message: ReceivedMessage) => string;
  readonly end: string;
}

const nothing = () => "";

/** One object a line, as `import` takes it. */
const jsonl: ExportFormat = {
  begin: nothing,
  channel: nothing,
  message: (message) => `${jsonLine(messageJson(message))}\n`,
  end: "",
};

export const exportForms = { jsonl, md: markdown, html } as const;

/** By the name that `--format` takes. */
export const exportFormats: ReadonlyMap<string, ExportFormat> = new Map(Object.entries(exportForms));
