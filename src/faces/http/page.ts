import type { Hono } from "hono";
import type { HttpEnv } from "./context.ts";
import { createPageFiles, type PageFile } from "./page-files.ts";

/** Where the dashboard's screens are; each is the same page, which looks at its address. */
const screens = ["/", "/all", "/c/:channel", "/t/:thread", "/m/:id", "/machines", "/connect", "/health", "/settings"];

/** The dashboard. Its files need no credential; what it shows does. */
export function mountPage(app: Hono<HttpEnv>, folder: string): void {
  const files = createPageFiles(folder);
  for (const path of screens) app.get(path, (c) => answer(files.of("index.html"), c.req.header("accept-encoding")));
  for (const path of ["/icon.svg", "/icon-dot.svg", "/assets/:name"]) {
    app.get(path, (c) => answer(files.of(c.req.path.slice(1)), c.req.header("accept-encoding")));
  }
}

function answer(file: PageFile | undefined, accepted = ""): Response {
  if (file === undefined) return new Response("not found\n", { status: 404 });
  const { type, plain, zipped, isForGood } = file;
  const isZipped = zipped !== undefined && /\bgzip\b/.test(accepted);
  return new Response(isZipped ? zipped : plain, {
    headers: {
      "Content-Type": type,
      // What never changes has a name of its own for each content.
      "Cache-Control": isForGood ? "public, max-age=31536000, immutable" : "no-cache",
      ...(zipped === undefined ? {} : { Vary: "Accept-Encoding" }),
      ...(isZipped ? { "Content-Encoding": "gzip" } : {}),
    },
  });
}
