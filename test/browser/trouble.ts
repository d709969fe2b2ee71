import type { BrowserContext } from "playwright-core";

/** A browser writes every refusal to its console, whatever the page makes of it. */
const refusal = /^Failed to load resource: the server responded with a status of 401/;

/**
 * What should not happen on a page of the bridge at this URL: errors, what its content security policy refused (which
 * browsers write to the console as an error), requests to anybody else.
 */
export function watchTrouble(context: BrowserContext, url: string): readonly string[] {
  const trouble: string[] = [];
  context.on("weberror", (thrown) => void trouble.push(thrown.error().message));
  context.on("console", (line) => {
    if (["error", "warning"].includes(line.type()) && !refusal.test(line.text())) trouble.push(line.text());
  });
  context.on("request", (request) => {
    const isOurs = request.url().startsWith(`${url}/`) || /^(data|blob):/.test(request.url());
    if (!isOurs) trouble.push(`asked for ${request.url()}`);
  });
  return trouble;
}
