/** How to reach an address: whom to believe that it is the bridge. */
export async function openFetch(certificate: string | undefined): Promise<OpenFetch> {
  if (certificate === undefined) return { fetch, close: () => Promise.resolve() };
  const { createPinnedFetch } = await import("./pinned-fetch.ts");
  return createPinnedFetch(certificate);
}

export interface OpenFetch {
  readonly fetch: typeof fetch;
  close(): Promise<void>;
}
