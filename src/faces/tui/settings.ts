import type { ColourLevel } from "./paint/colour.ts";
import type { TuiTheme } from "./paint/painter.ts";

/** What the terminal UI is told by whoever starts it. */
export interface TuiSettings {
  /** Of the bridge, for people. */
  readonly bridge: string;
  /** Of its dashboard, without a slash at its end. */
  readonly url: string;
  /** The name that is spoken under. */
  readonly sender: string;
  readonly theme: TuiTheme;
  readonly colours: ColourLevel;
  /** The command line of the editor that a text is given to. */
  readonly editor: string;
  /** Shows an address in a browser; undefined where nobody could see one. */
  readonly openInBrowser: ((url: string) => void) | undefined;
}
