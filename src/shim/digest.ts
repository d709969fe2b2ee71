/** What came in channels that the agent reads, beside its mail: it waits until somebody asks. */
export type Digest = readonly { readonly channel: string; readonly messages: number }[];

/** Nothing for what no bridge would give; an older one gives none. */
export function digestFrom(value: unknown): Digest {
  if (!Array.isArray(value)) return [];
  return value.flatMap((row: unknown) => {
    const { channel, messages } = (row ?? {}) as Readonly<Record<string, unknown>>;
    return typeof channel === "string" && typeof messages === "number" ? [{ channel, messages }] : [];
  });
}
