/** The ways to look at a channel, in the order in which they are offered. */
export const views = [{ name: "feed", label: "Feed" }] as const;

/** Whatever else stands in an address is the feed. */
export const viewOf = (name: string | undefined) => views.find((view) => view.name === name)?.name ?? "feed";
