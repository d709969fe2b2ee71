import { formatTime } from "../../core/time.ts";
import { visible } from "../../core/visible.ts";
import { wordsOf } from "../message-words.ts";
import { escaped } from "../markup.ts";
import type { ExportFormat } from "./export-formats.ts";

/** Runs nothing and asks nobody, even if something of a message got past the escaping. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** In the colours of the dashboard, light or dark as the reader's screen is. */
const style = `
:root{--bg:#F6F4EE;--surface:#FFF;--line:#DDD8CB;--text:#1B2326;--muted:#4F5D61;--link:#8A5200}
@media(prefers-color-scheme:dark){:root{--bg:#0E1417;--surface:#141C20;--line:#2A373D;--text:#E6EDEA;--muted:#9DB0B3;--link:#F5B863}}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem;background:var(--bg);color:var(--text);font:14px/1.45 system-ui,sans-serif}
h1{font-size:1.25rem}h2{margin:2rem 0 .5rem;font-size:1rem}
article{padding:.75rem 0;border-top:1px solid var(--line)}
figure{margin:1rem 0;overflow:auto}header{color:var(--muted)}b{color:var(--text)}a{color:var(--link)}
pre{margin:.5rem 0 0;padding:.5rem .75rem;border:1px solid var(--line);border-radius:3px;background:var(--surface);font:13px/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}`;

/** One file, whole in itself. What others have written is text in it, and nothing else. */
export const html: ExportFormat = {
  begin: (title, figure = "") => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${onLine(title)}</title>
<style>${style}
</style>
</head>
<body>
<main>
<h1>${onLine(title)}</h1>
${figure === "" ? "" : `<figure>${figure}</figure>\n`}`,
  channel: (name) => `<h2>${onLine(name)}</h2>\n`,
  message(message) {
    const { id, sender, acceptedAt } = message;
    const { text, type, to, thread, replyTo } = wordsOf(message);
    const time = formatTime(acceptedAt);
    const facts = [
      `<b>${onLine(sender)}</b>${to === undefined ? "" : ` → ${onLine(to)}`}`,
      ...(type === undefined || type === "message" ? [] : [onLine(type)]),
      `<time datetime="${time}">${time}</time>`,
      ...(thread === undefined ? [] : [`thread ${onLine(thread)}`]),
      ...(replyTo === undefined ? [] : [`answers <a href="#${anchor(replyTo)}">${onLine(replyTo)}</a>`]),
    ];
    const body = `<pre>\n${escaped(visible(text))}</pre>`;
    return `<article id="${anchor(id)}">\n<header>${facts.join(" · ")}</header>\n${body}\n</article>\n`;
  },
  end: "</main>\n</body>\n</html>\n",
};

const onLine = (text: string) => escaped(visible(text, { keepsLines: false }));

/** An imported id may be any text. */
const anchor = (id: string) => `m-${id.replaceAll(/[^0-9a-zA-Z-]/g, "_")}`;
