/** What a key does, in the words of the help and the palette. */
export interface KeyCommand {
  readonly name: CommandName;
  readonly words: string;
  readonly group: "Anywhere" | "Go to" | "In a list" | "A message" | "A channel";
  /** Each a key, or several one after the other with a blank between; none for what only the palette has. */
  readonly keys: readonly string[];
  /** Held down, it goes on and on. */
  readonly repeats?: true;
}

/** The one table of keys. What a command does where it works is said with `useCommand`. */
export const keyTable = [
  { name: "help", words: "Show all keys", group: "Anywhere", keys: ["?"] },
  { name: "palette", words: "Find and do anything", group: "Anywhere", keys: ["Mod+k"] },
  { name: "search", words: "Search messages", group: "Anywhere", keys: ["/"] },
  { name: "close", words: "Close, or one level up", group: "Anywhere", keys: ["Escape"] },
  { name: "theme", words: "Change between dark and light", group: "Anywhere", keys: ["t"] },
  { name: "go-needs", words: "Needs you", group: "Go to", keys: ["g n"] },
  { name: "go-all", words: "All messages", group: "Go to", keys: ["g a"] },
  { name: "go-machines", words: "Machines", group: "Go to", keys: ["g m"] },
  { name: "go-health", words: "Health", group: "Go to", keys: ["g h"] },
  { name: "go-connect", words: "Connect a machine", group: "Go to", keys: [] },
  { name: "go-settings", words: "Settings", group: "Go to", keys: [] },
  { name: "down", words: "Next message", group: "In a list", keys: ["j"], repeats: true },
  { name: "up", words: "Previous message", group: "In a list", keys: ["k"], repeats: true },
  { name: "open", words: "Open the message", group: "In a list", keys: ["Enter"] },
  { name: "pause", words: "Pause, or go on", group: "In a list", keys: ["Space"] },
  { name: "step-back", words: "One step back in time", group: "In a list", keys: [","], repeats: true },
  { name: "step-on", words: "One step on in time", group: "In a list", keys: ["."], repeats: true },
  { name: "reply", words: "Reply", group: "A message", keys: ["r"] },
  { name: "copy-link", words: "Copy its link", group: "A message", keys: ["y"] },
  { name: "paste-to-claude", words: "Copy it for Claude", group: "A message", keys: ["p"] },
  { name: "mark-handled", words: "Mark it handled", group: "A message", keys: ["e"] },
  { name: "previous", words: "Open the previous message", group: "A message", keys: ["["], repeats: true },
  { name: "next", words: "Open the next message", group: "A message", keys: ["]"], repeats: true },
  { name: "compose", words: "Write a message", group: "A channel", keys: ["c"] },
  { name: "view-feed", words: "As a feed", group: "A channel", keys: ["1"] },
  { name: "view-wire", words: "As a wire", group: "A channel", keys: ["2"] },
  { name: "view-threads", words: "As threads", group: "A channel", keys: ["3"] },
] as const satisfies readonly (Omit<KeyCommand, "name"> & { readonly name: string })[];

export type CommandName = (typeof keyTable)[number]["name"];

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Keys as they are written beside what they do: `⌘K`, `g n`. */
export const shownKey = (keys: string): string =>
  keys
    .replace("Mod+k", isMac ? "⌘K" : "Ctrl K")
    .replace("Escape", "Esc")
    .replace("Enter", "↵");
