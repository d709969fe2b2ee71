import { visible } from "../../core/visible.ts";

/** A name or a text of somebody else, for one line of a terminal: with nothing in it that the terminal would obey. */
export const visibleOnLine = (text: string): string => visible(text, { keepsLines: false });
