import type { HistoryPage } from "./history.ts";
import type { Live } from "./live.ts";

/** Reads one page at a time. */
export interface Loader {
  state(): { readonly isLoading: boolean; readonly error: Error | undefined };
  /** Of two at once the second is not asked for. */
  load(read: () => Promise<HistoryPage>, put: (page: HistoryPage) => void): Promise<void>;
  /** What failed, once more. */
  retry(): Promise<void>;
}

export function createLoader(learn: Live["learn"], signal: AbortSignal, changed: () => void): Loader {
  let isLoading = false;
  let error: Error | undefined;
  let failed: (() => Promise<void>) | undefined;

  async function load(read: () => Promise<HistoryPage>, put: (page: HistoryPage) => void): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    changed();
    try {
      const page = await read();
      learn(page.receipts);
      put(page);
      [error, failed] = [undefined, undefined];
    } catch (failure) {
      error = failure instanceof Error ? failure : new Error(String(failure));
      failed = () => load(read, put);
    }
    isLoading = false;
    if (!signal.aborted) changed();
  }

  return {
    state: () => ({ isLoading, error }),
    load,
    retry: async () => failed?.(),
  };
}
