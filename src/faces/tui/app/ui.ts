import { emptyField, type TextField } from "../text-field.ts";
import type { TuiTheme } from "../paint/painter.ts";

export const screens = ["needs", "feed", "wire", "machines", "health"] as const;
export type Screen = (typeof screens)[number];

export const screenNames: Readonly<Record<Screen, string>> = {
  needs: "Needs you",
  feed: "Feed",
  wire: "Wire",
  machines: "Machines",
  health: "Health",
};

/** Whose messages the feed and the wire show. */
export interface Place {
  /** Undefined: all channels. */
  readonly channel: string | undefined;
  /** Words of the filter; empty: everything. */
  readonly query: string;
}

/** What a text is being written for. */
export interface Target {
  readonly channel: string | undefined;
  readonly to: string | undefined;
  readonly replyTo: string | undefined;
  readonly thread: string | undefined;
  /** The answers that a question offers. */
  readonly options: readonly string[];
}

/** What the keys go to. */
export type Mode =
  | { readonly kind: "browse" }
  | { readonly kind: "filter"; readonly field: TextField }
  | { readonly kind: "compose"; readonly target: Target; readonly field: TextField; readonly isSending: boolean }
  | { readonly kind: "palette"; readonly field: TextField; readonly at: number }
  | { readonly kind: "help"; readonly field: TextField; readonly top: number }
  | { readonly kind: "confirm"; readonly question: string; readonly yes: () => void };

/** A sentence at the bottom, for a while. */
export interface Notice {
  readonly text: string;
  readonly tone: "muted" | "ok" | "warn" | "error";
  /** When it goes, in milliseconds since the Unix epoch. */
  readonly until: number;
  /** What `u` takes back. */
  readonly undo?: (() => void) | undefined;
}

export type Pane = "side" | "list" | "detail";

/** A place in a list: by what stands there, so that it stays when others come and go. */
export interface Cursor {
  /** Undefined: the last, and whatever becomes the last. */
  readonly key: string | undefined;
  /** The first row that was shown. */
  readonly top: string | undefined;
}

/** What a person has chosen, and is doing: all that is not the bridge's. */
export interface Ui {
  readonly screen: Screen;
  readonly place: Place;
  readonly pane: Pane;
  readonly mode: Mode;
  /** One for each list. */
  readonly cursors: Readonly<Record<Screen | "side", Cursor>>;
  readonly isDetailOpen: boolean | undefined;
  readonly isRaw: boolean;
  readonly detailTop: number;
  readonly isSideHidden: boolean | undefined;
  readonly theme: TuiTheme;
  readonly notice: Notice | undefined;
  readonly marked: ReadonlySet<string>;
  /** What was begun and not sent, by where it is for. */
  readonly drafts: ReadonlyMap<string, TextField>;
  /** Messages that came while their channel was not on the screen. */
  readonly unread: ReadonlyMap<string, number>;
  /** Whether somebody looks at the terminal. */
  readonly isFocused: boolean;
  /** A thread that the wire shows alone. */
  readonly thread: string | undefined;
}

const start: Cursor = { key: undefined, top: undefined };

export const initialUi = (theme: TuiTheme): Ui => ({
  screen: "feed",
  place: { channel: undefined, query: "" },
  pane: "list",
  mode: { kind: "browse" },
  cursors: { side: start, needs: start, feed: start, wire: start, machines: start, health: start },
  isDetailOpen: undefined,
  isRaw: false,
  detailTop: 0,
  isSideHidden: undefined,
  theme,
  notice: undefined,
  marked: new Set(),
  drafts: new Map(),
  unread: new Map(),
  isFocused: true,
  thread: undefined,
});

export const browse: Mode = { kind: "browse" };

/** Drafts are kept by what they answer, or where they would go. */
export const draftKey = ({ channel, to, replyTo }: Target): string => `${channel ?? ""} ${to ?? ""} ${replyTo ?? ""}`;

export const draftFor = (ui: Ui, target: Target): TextField => ui.drafts.get(draftKey(target)) ?? emptyField;
