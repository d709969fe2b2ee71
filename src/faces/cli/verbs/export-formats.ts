import type { ReceivedMessage } from "../../../client/index.ts";
import { jsonLine } from "../output.ts";
import { html } from "./html.ts";
import { messageJson } from "./json-forms.ts";
import { markdown } from "./markdown.ts";

/** How messages are written into a file: what stands before all, before those of a channel, for each, and at the end. */
export interface ExportFormat {
  readonly begin: (title: string) => string;
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

/** By the name that `--format` takes. */
export const exportFormats: ReadonlyMap<string, ExportFormat> = new Map([
  ["jsonl", jsonl],
  ["md", markdown],
  ["html", html],
]);
