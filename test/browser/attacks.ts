import type { Page } from "playwright-core";
import { type Asked, fetchIn, listenIn } from "./in-page.ts";

/** What a page of another origin can make a browser do to a bridge. */
export interface Attack {
  readonly name: string;
  /** The first that the bridge sees of it: a preflight for what browsers ask about before they send it. */
  readonly request: string;
  /** The browser does not say on whose behalf it reads, so that of another site it is refused for want of a credential. */
  readonly isBlindRead?: true;
  /** What the page got hold of; empty when that is nothing. */
  run(page: Page, bridge: string): Promise<string>;
}

const message = '{"channel":"a","sender":"evil","content":"forged"}';
const text = { "content-type": "text/plain" };
const json = { "content-type": "application/json" };
const blind = { method: "POST", mode: "no-cors", credentials: "include" } as const;
const open = { method: "POST", mode: "cors", credentials: "include" } as const;

/** `seen` is the method that the bridge sees first. */
function fetching(name: string, path: string, asked: Asked, seen = asked.method ?? "GET"): Attack {
  const run = async (page: Page, bridge: string) => (await fetchIn(page, `${bridge}${path}`, asked)).body ?? "";
  return { name, request: `${seen} ${path.replace(/\?.*/, "")}`, run };
}

/** The page leaves for the bridge's answer, which its script does not live to see. */
function submitting(name: string, enctype: string, field: readonly [string, string]): Attack {
  return {
    name,
    request: "POST /api/send",
    async run(page, bridge) {
      const answered = page.waitForResponse(`${bridge}/api/send`);
      await page.evaluate(
        ([action, encoding, [key, value]]) => {
          const form = Object.assign(document.createElement("form"), { action, method: "post", enctype: encoding });
          form.append(Object.assign(document.createElement("input"), { name: key, value }));
          document.body.append(form);
          form.submit();
        },
        [`${bridge}/api/send`, enctype, field] as const,
      );
      await answered;
      return "";
    },
  };
}

function loading(element: "img" | "script", path: string): Attack {
  return {
    name: `a <${element}> of ${path}`,
    request: `GET ${path.replace(/\?.*/, "")}`,
    isBlindRead: true,
    run: (page, bridge) =>
      page.evaluate(
        ([tag, src]) =>
          new Promise<string>((resolve) => {
            const loaded = document.createElement(tag);
            loaded.addEventListener("load", () => resolve("loaded"));
            loaded.addEventListener("error", () => resolve(""));
            loaded.src = src;
            document.body.append(loaded);
          }),
        [element, `${bridge}${path}`] as const,
      ),
  };
}

const listening: Attack = {
  name: "an EventSource with credentials",
  request: "GET /events",
  async run(page, bridge) {
    const heard = await listenIn(page, `${bridge}/events?channels=*`, true);
    return heard === "refused" ? "" : heard;
  },
};

const beacon: Attack = {
  name: "a beacon",
  request: "POST /api/send",
  run: (page, bridge) =>
    page.evaluate(([url, body]) => (navigator.sendBeacon(url, body) ? "" : "not sent"), [
      `${bridge}/api/send`,
      message,
    ] as const),
};

export const attacks: readonly Attack[] = [
  fetching("a blind POST of text", "/api/send", { ...blind, headers: text, body: message }),
  fetching("a blind POST of JSON", "/api/send", { ...blind, headers: json, body: message }),
  fetching("a POST of text", "/api/send", { ...open, headers: text, body: message }),
  fetching("a POST of JSON", "/api/send", { ...open, headers: json, body: message }, "OPTIONS"),
  fetching("a blind clear", "/api/clear", { ...blind, body: '{"channel":"a"}' }),
  fetching("a blind sign-in", "/api/session", { ...blind, body: '{"code":"x"}' }),
  fetching("a blind POST over MCP", "/mcp", { ...blind, body: "{}" }),
  fetching("a sign-out", "/api/session", { ...open, method: "DELETE" }, "OPTIONS"),
  fetching("a read of messages", "/api/messages?channel=a", { ...open, method: "GET" }),
  { ...fetching("a blind read", "/api/messages?channel=a", { ...blind, method: "GET" }), isBlindRead: true },
  submitting("a form", "application/x-www-form-urlencoded", ["channel", "a"]),
  submitting("a form of text that is JSON", "text/plain", ['{"channel":"a","sender":"evil","content":"', '"}']),
  loading("img", "/api/messages?channel=a"),
  loading("script", "/api/messages?channel=a"),
  loading("script", "/api/state"),
  listening,
  beacon,
];
