import type { Hono } from "hono";
import type { HttpEnv } from "./context.ts";
import { html, script, style } from "./page-files.ts";

/** The page at `/`: the state, and the lines that connect a client. It needs no credential; what it shows does. */
export function mountPage(app: Hono<HttpEnv>): void {
  const files = [
    ["/", "text/html", html],
    ["/page.js", "text/javascript", script],
    ["/page.css", "text/css", style],
  ] as const;
  for (const [path, type, text] of files) {
    app.get(path, (c) => c.body(text, 200, { "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "no-cache" }));
  }
}
