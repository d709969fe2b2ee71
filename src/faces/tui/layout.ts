/** What is shown where, in cells. */
export interface Layout {
  /** `lines`: so narrow that a message is one line and nothing stands beside it. */
  readonly kind: "full" | "compact" | "narrow" | "lines" | "too small";
  /** Of the side bar with the rule beside it; 0: it is hidden. */
  readonly side: number;
  /** Of the main list. */
  readonly list: Box;
  /** Where the selected message is shown: beside the list, below it, over it, or not. */
  readonly detail: (Box & { readonly place: "beside" | "below" | "over" }) | undefined;
  /** Lines of everything between the header and the line of keys. */
  readonly body: number;
  /** Lines for what is being written, with its frame; 0: nothing is. */
  readonly composer: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Wanted {
  readonly columns: number;
  readonly rows: number;
  readonly isSideHidden: boolean | undefined;
  readonly isDetailOpen: boolean | undefined;
  readonly hasDetail: boolean;
  /** Lines of the text that is being written; undefined: none is. */
  readonly draftLines: number | undefined;
  /** Bars across the screen: a lost connection, a filter. */
  readonly bars: number;
}

export const smallest = { columns: 40, rows: 10 } as const;

/** From these columns on. */
const fullColumns = 160;
const compactColumns = 100;
const narrowColumns = 60;

/** The header with its rule, and the line of keys. */
const frameRows = 3;
const mostDraftLines = 10;

export function layoutFor(wanted: Wanted): Layout {
  const { columns, rows, draftLines, bars } = wanted;
  const kind = kindOf(columns, rows);
  const composer =
    draftLines === undefined ? 0 : Math.min(Math.max(draftLines, 1), mostDraftLines, Math.max(1, rows - 9)) + 1;
  const body = Math.max(1, rows - frameRows - bars - composer);
  const side = sideWidth(kind, columns, wanted.isSideHidden);
  const main = { width: columns - side, height: body };
  const isOpen = wanted.hasDetail && (wanted.isDetailOpen ?? (kind === "full" || kind === "compact"));
  const without = { kind, side, list: main, detail: undefined, body, composer };
  if (!isOpen || kind === "too small") return without;
  if (kind === "full") {
    const width = Math.min(76, Math.floor(main.width * 0.4));
    return {
      ...without,
      list: { ...main, width: main.width - width - 1 },
      detail: { ...main, width, place: "beside" },
    };
  }
  // With a text being written there may be no room for both.
  const height = Math.min(16, Math.floor(body * 0.45));
  if (kind === "compact" && height >= 6) {
    return { ...without, list: { ...main, height: body - height }, detail: { ...main, height, place: "below" } };
  }
  return wanted.isDetailOpen === true ? { ...without, detail: { ...main, place: "over" } } : without;
}

function kindOf(columns: number, rows: number): Layout["kind"] {
  if (columns < smallest.columns || rows < smallest.rows) return "too small";
  if (columns < narrowColumns) return "lines";
  if (columns < compactColumns || rows < 20) return "narrow";
  return columns < fullColumns ? "compact" : "full";
}

function sideWidth(kind: Layout["kind"], columns: number, isHidden: boolean | undefined): number {
  if (kind === "full") return isHidden === true ? 0 : 30;
  if (kind === "compact") return isHidden === true ? 0 : 24;
  // Where there is little room it comes only when it is called.
  return kind === "narrow" && isHidden === false ? Math.min(24, Math.floor(columns / 3)) : 0;
}
