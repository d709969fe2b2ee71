/** How a list of messages can be looked at; the first is meant where the address says nothing. */
export const views = ["feed", "wire", "threads"] as const;
export type View = (typeof views)[number];
