import { once } from "node:events";
import { styleText } from "node:util";
import type { FoundPage, FoundRow } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { CommandError } from "../command-error.ts";
import { createTable, note, printJson } from "../output.ts";
import { localTimeToSeconds } from "../times.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { createInterruption } from "./interruption.ts";
import { foundJson } from "./json-forms.ts";
import { readCount } from "./moments.ts";
import { withReader } from "./with-client.ts";
import { shownId } from "./words.ts";

export interface SearchOptions {
  readonly limit?: string;
  readonly all?: boolean;
}

/** As many as the bridge gives at once. */
const pageSize = 100;
/** The largest number that `--limit` takes; whoever wants more wants all. */
const mostFound = 100_000;

/** The newest messages that the query finds, newest first. */
export async function searchCommand(config: Config, words: readonly string[], options: SearchOptions): Promise<void> {
  const { limit = "20", all = false } = options;
  const wanted = all ? Number.POSITIVE_INFINITY : readCount("--limit", limit, mostFound);
  const query = queryOf(words);
  const interruption = createInterruption();
  const { signal } = interruption;
  try {
    const { count, hasMore } = await withReader(config, (client) => {
      const told = { wanted, signal };
      if (config.isJson) {
        const show = (found: Parameters<typeof foundJson>[0]) => printJson(foundJson(found));
        return showPages(
          told,
          (at) => client.search({ query, ...at, full: true }, { signal }),
          (rows) => rows.forEach(show),
        );
      }
      const table = createTable(["TIME", "ID", "CHANNEL", "FROM", "TEXT"]);
      return showPages(
        told,
        (at) => client.search({ query, ...at }, { signal }),
        (rows) => table(rows.map(cellsOf)),
      );
    });
    if (signal.aborted) return;
    if (count === 0) throw new CommandError("not_found", "no message fits");
    if (hasMore) note("there may be more: --all prints all, --limit so many");
  } finally {
    interruption.release();
  }
}

/** What begins with one dash is left out of what is found; with two it can only be meant as a flag. */
function queryOf(words: readonly string[]): string {
  const flag = words.find((word) => word.startsWith("--"));
  if (flag === undefined) return words.join(" ");
  throw new CommandError("usage", `there is no flag "${flag}"`, { fix: "claude-bridge search --help" });
}

interface Told {
  readonly wanted: number;
  readonly signal: AbortSignal;
}

interface Place {
  readonly before: number | undefined;
  readonly limit: number;
}

/** Shows page after page, as fast as they are read. */
async function showPages<Row extends FoundRow>(
  { wanted, signal }: Told,
  ask: (at: Place) => Promise<FoundPage<Row>>,
  show: (rows: readonly Row[]) => void,
): Promise<{ readonly count: number; readonly hasMore: boolean }> {
  let [count, before]: [number, number | undefined] = [0, undefined];
  do {
    const page: FoundPage<Row> | void = await ask({ before, limit: Math.min(pageSize, wanted - count) }).catch(
      (error: unknown) => {
        if (!signal.aborted) throw error;
      },
    );
    if (page === undefined) break;
    if (page.messages.length > 0) show(page.messages);
    count += page.messages.length;
    before = page.next;
    if (process.stdout.writableNeedDrain) await once(process.stdout, "drain", { signal }).catch(() => {});
  } while (before !== undefined && count < wanted && !signal.aborted);
  return { count, hasMore: before !== undefined };
}

const cellsOf = ({ acceptedAt, id, channel, sender, snippet }: FoundRow) => [
  localTimeToSeconds(acceptedAt),
  shownId(id),
  channel,
  sender,
  { styled: toLine(snippet) },
];

/** On one line, with nothing in it that a terminal would obey but what makes the matches bold, where there is one. */
function toLine({ text, matches }: FoundRow["snippet"]): string {
  let [line, at] = ["", 0];
  for (const { start, end } of matches) {
    line += plain(text.slice(at, start)) + styleText("bold", plain(text.slice(start, end)));
    at = end;
  }
  return line + plain(text.slice(at));
}

const plain = (text: string) => visibleOnLine(text.replaceAll(/\s+/g, " "));
