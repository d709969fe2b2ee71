import type { FoundInFull } from "../../client/index.ts";
import { layOut } from "../wire/layout.ts";
import { pictureOf } from "../wire/picture.ts";
import type { MessageRow } from "../live/rows.ts";
import { themes } from "../tokens.ts";
import { exportForms } from "./export-formats.ts";
import { redacted } from "./redacted.ts";

export type ExportForm = keyof typeof exportForms;

export interface WriteOptions {
  readonly form: ExportForm;
  readonly title: string;
  /** Puts something else in the place of every credential. */
  readonly redact: boolean;
  readonly now: number;
}

/** Longer diagrams make a page that opens slowly; all messages stand below in any case. */
const mostDrawn = 2_000;

/** A file of these messages in parts, channel after channel; as a page it begins with who said what to whom. */
export function writeExport(
  found: readonly FoundInFull[],
  { form, title, redact, now }: WriteOptions,
): readonly string[] {
  const { begin, channel: head, message: write, end } = exportForms[form];
  const messages = redact ? found.map((one) => ({ ...redacted(one), receipts: one.receipts })) : found;
  const byChannel = [...Map.groupBy(messages, ({ channel }) => channel)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const figure = form === "html" ? figureOf(messages.slice(-mostDrawn).map(rowOf), title, now) : "";
  return [begin(title, figure), ...byChannel.flatMap(([channel, own]) => [head(channel), ...own.map(write)]), end];
}

type Shown = Pick<FoundInFull, "receipts"> & MessageRow["message"];

const rowOf = ({ receipts = [], ...message }: Shown): MessageRow => ({
  kind: "message",
  key: message.id,
  message,
  receipts,
});

const figureOf = (rows: readonly MessageRow[], title: string, now: number) =>
  pictureOf(layOut(rows), { theme: themes.paper, title, now }).svg;
