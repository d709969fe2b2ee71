import type { Page } from "playwright-core";

/** What a page's script is to ask for: what travels into a page is text. */
export interface Asked {
  readonly method?: string;
  readonly mode?: RequestMode;
  readonly credentials?: RequestCredentials;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the script of a page got, without the body where there was none to read. */
export interface Got {
  /** 0 when the browser keeps the answer from the page. */
  readonly status: number;
  readonly body?: string;
}

/** Lets the page fetch. */
export const fetchIn = (page: Page, url: string, asked: Asked = {}): Promise<Got> =>
  page.evaluate(
    async ([target, how]) => {
      const response = await fetch(target, how).catch(() => undefined);
      return response === undefined ? { status: 0 } : { status: response.status, body: await response.text() };
    },
    [url, asked] as const,
  );

/** Lets the page listen to events: whether it is let in. */
export const listenIn = (page: Page, url: string, withCredentials = false): Promise<"open" | "refused"> =>
  page.evaluate(
    ([target, isWithCredentials]) =>
      new Promise<"open" | "refused">((resolve) => {
        const source = new EventSource(target, { withCredentials: isWithCredentials });
        source.addEventListener("open", () => resolve("open"));
        source.addEventListener("error", () => resolve("refused"));
      }),
    [url, withCredentials] as const,
  );
