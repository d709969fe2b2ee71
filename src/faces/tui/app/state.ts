import type { BridgeClient } from "../../../client/index.ts";
import type { Clock } from "../../../core/clock.ts";
import type { Feed } from "../../../view/live/feed.ts";
import type { Live } from "../../../view/live/live.ts";
import type { TuiSettings } from "../settings.ts";
import type { Screenful } from "./view.ts";
import { type Notice, type Place, type Ui } from "./ui.ts";

/** What the terminal does for the app beside showing frames. */
export interface TerminalActions {
  /** Puts a text where the terminal can paste it from, if the terminal lets programs do that. */
  copy(text: string): void;
  /** Rings, unless somebody looks. */
  ring(): void;
  /** Stops the process until the shell takes it up again. */
  suspend(): void;
  /** Draws everything anew. */
  redraw(): void;
  /** Gives the terminal to an editor, and answers with what was written. */
  edit(text: string): Promise<string>;
  quit(): void;
}

/** What commands work on. */
export interface App {
  readonly settings: TuiSettings;
  readonly client: BridgeClient;
  readonly live: Live;
  readonly clock: Clock;
  readonly terminal: TerminalActions;
  feed(): Feed;
  ui(): Ui;
  change(change: Partial<Ui>): void;
  /** All that the next frame is drawn from. */
  screenful(): Screenful;
  readonly say: (text: string, tone?: Notice["tone"], undo?: () => void) => void;
  /** Reads other messages, from the message of the id `at` where there is one; what was read before is let go. */
  goTo(place: Place, at?: string): void;
  refreshHealth(): void;
  refreshNeeds(): void;
}

/** How long a sentence at the bottom stays, in milliseconds; one that offers an undo, as long as the undo does. */
export const noticeMs = 5_000;
export const undoMs = 10_000;
