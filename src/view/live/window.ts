import type { Receipt, ReceivedMessage, StreamEntry } from "../../client/index.ts";
import type { HistoryPage, Place } from "./history.ts";
import { noticeRow, type Row, seqOfRow } from "./rows.ts";

/** Rows beyond that are given up at the other end, and can be loaded again. */
export const mostRows = 10_000;

/** The piece of a list that is loaded, and what came and is not in it yet. */
export interface WindowState {
  readonly rows: readonly Row[];
  readonly waiting: readonly StreamEntry[];
  /** Where to read on from; undefined where there is nothing more. */
  readonly older: Place | undefined;
  readonly newer: Place | undefined;
  /** So much waits that some of it was forgotten: only to read anew helps. */
  readonly hasOverflowed: boolean;
}

export interface Window {
  state(): WindowState;
  wait(entries: readonly StreamEntry[]): void;
  /** Takes in what waits. True when messages came back that have to be read anew. */
  takeIn(): boolean;
  /** The rows of a page instead, or at one end. */
  replace(page: HistoryPage, newer: Place | undefined): void;
  prepend(page: HistoryPage): void;
  append(page: HistoryPage): void;
  /** The receipts of these messages are others now. */
  renew(ids: ReadonlySet<string>): void;
}

export function createWindow(receiptsOf: (id: string) => readonly Receipt[]): Window {
  let state: WindowState = { rows: [], waiting: [], older: undefined, newer: undefined, hasOverflowed: false };
  const set = (change: Partial<WindowState>) => (state = { ...state, ...change });
  const rowOf = (message: ReceivedMessage): Row => ({
    kind: "message",
    key: message.id,
    message,
    receipts: receiptsOf(message.id),
  });
  const rowsOf = ({ messages }: HistoryPage) => messages.map(rowOf);

  return {
    state: () => state,
    wait(entries) {
      const waiting = [...state.waiting, ...entries];
      const isTooMuch = waiting.length > mostRows;
      set({ waiting: waiting.slice(-mostRows), hasOverflowed: state.hasOverflowed || isTooMuch });
    },
    takeIn() {
      const came = state.waiting;
      set({ waiting: [], ...newest(rowsAfter(state.rows, came, rowOf), state.older) });
      return came.some(({ kind }) => kind === "restored");
    },
    replace: (page, newer) => void set({ rows: rowsOf(page), older: page.next, newer, hasOverflowed: false }),
    prepend(page) {
      const rows = [...rowsOf(page), ...state.rows];
      const newer = rows.length > mostRows ? rows[mostRows - 1]?.key : state.newer;
      set({ rows: rows.slice(0, mostRows), older: page.next, newer });
    },
    append: (page) => void set({ ...newest([...state.rows, ...rowsOf(page)], state.older), newer: page.next }),
    renew(ids) {
      if (!state.rows.some(({ key }) => ids.has(key))) return;
      set({
        rows: state.rows.map((row) =>
          row.kind === "message" && ids.has(row.key) ? { ...row, receipts: receiptsOf(row.key) } : row,
        ),
      });
    },
  };
}

/** As many of the rows as are kept, and where to read the others. */
function newest(all: readonly Row[], older: Place | undefined): Pick<WindowState, "rows" | "older"> {
  if (all.length <= mostRows) return { rows: all, older };
  const rows = all.slice(-mostRows);
  return { rows, older: rows.find((row) => row.kind === "message")?.key ?? older };
}

/** The rows with what came behind them. What a page had already is not taken twice, and what was cleared goes. */
function rowsAfter(
  rows: readonly Row[],
  came: readonly StreamEntry[],
  rowOf: (message: ReceivedMessage) => Row,
): readonly Row[] {
  const last = rows.at(-1);
  const reached = last === undefined ? -1 : seqOfRow(last);
  const added = came.flatMap((entry): readonly Row[] => {
    if (entry.kind === "message") return entry.seq > reached ? [rowOf(entry)] : [];
    if (entry.kind !== "cleared" && entry.kind !== "restored" && entry.kind !== "gap") return [];
    const notice = noticeRow(entry);
    return rows.some(({ key }) => key === notice.key) ? [] : [notice];
  });
  const all = [...rows, ...added];
  const clears = came.filter((entry) => entry.kind === "cleared");
  if (clears.length === 0) return all;
  return all.filter((row) => !clears.some(({ channel, seq }) => channelOf(row) === channel && seqOfRow(row) < seq));
}

const channelOf = (row: Row): string => (row.kind === "message" ? row.message.channel : row.entry.channel);
