export const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Claude Bridge</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
<main>
  <header><h1>Claude Bridge</h1><p id="summary" role="status">Asking the bridge…</p></header>
  <section aria-labelledby="connect">
    <h2 id="connect">Connect</h2>
    <p>Claude Code, on this machine or another that reaches this address:</p>
    <pre><code id="http"></code></pre>
    <p>Anything that speaks HTTP:</p>
    <pre><code id="curl"></code></pre>
    <p id="token" hidden>This bridge asks for its token. Put it into <code>CLAUDE_BRIDGE_AUTH_TOKEN</code> first.</p>
  </section>
  <section aria-labelledby="channels">
    <h2 id="channels">Channels</h2>
    <table hidden><thead><tr><th>Channel<th>Messages<th>Last<th>Senders</thead><tbody></tbody></table>
    <p id="empty">No messages yet.</p>
  </section>
  <footer>The API is described at <a href="/api/openapi.json">/api/openapi.json</a>.</footer>
</main>
</html>
`;

export const script = `const byId = (id) => document.getElementById(id);
const header = ' --header "Authorization: Bearer $CLAUDE_BRIDGE_AUTH_TOKEN"';

function connectLines(needsToken) {
  byId("http").textContent =
    "claude mcp add --transport http -s user claude-bridge " + location.origin + "/mcp" + (needsToken ? header : "");
  byId("curl").textContent =
    "curl " + location.origin + "/api/send" + (needsToken ? ' -H "Authorization: Bearer $CLAUDE_BRIDGE_AUTH_TOKEN"' : "") +
    " -H 'Content-Type: application/json' -d '{\\"channel\\":\\"general:sync\\",\\"sender\\":\\"me\\",\\"content\\":\\"hello\\"}'";
  byId("token").hidden = !needsToken;
}

function row({ id, count, last_ts, senders }) {
  const cells = [id, count.toLocaleString(), new Date(last_ts).toLocaleString(undefined, { timeZoneName: "short" }), senders.join(", ")];
  const tr = document.createElement("tr");
  for (const text of cells) tr.appendChild(document.createElement("td")).textContent = text;
  return tr;
}

async function show() {
  const response = await fetch("/api/state");
  connectLines(response.status === 401);
  if (!response.ok) {
    const status = await (await fetch("/status")).json();
    byId("summary").textContent = status.version + ", online. Its channels are shown to holders of the token.";
    byId("empty").hidden = true;
    return;
  }
  const state = await response.json();
  byId("summary").textContent = state.version + ", up " + state.uptime_human + ", " + state.total_messages.toLocaleString() + " messages, " + state.sse_subscribers + " live streams.";
  byId("empty").hidden = state.channels.length > 0;
  const table = document.querySelector("table");
  table.hidden = state.channels.length === 0;
  table.querySelector("tbody").replaceChildren(...state.channels.map(row));
}

connectLines(false);
show().catch(() => (byId("summary").textContent = "The bridge does not answer. Reload to try again."));
`;

export const style = `:root { color-scheme: light dark; --bg: #f6f4ee; --surface: #fff; --text: #1b2326; --muted: #4f5d61; --line: #ddd8cb; --link: #8a5200; }
@media (prefers-color-scheme: dark) { :root { --bg: #0e1417; --surface: #141c20; --text: #e6edea; --muted: #9db0b3; --line: #2a373d; --link: #f5b863; } }
body { margin: 0; background: var(--bg); color: var(--text); font: 14px/20px system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 32px 16px; }
h1 { font-size: 20px; line-height: 28px; margin: 0; }
h2 { font-size: 14px; margin: 32px 0 8px; border-bottom: 1px solid var(--line); padding-bottom: 4px; }
p { margin: 8px 0; color: var(--muted); }
pre { background: var(--surface); border: 1px solid var(--line); border-radius: 3px; padding: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: 13px/20px ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--muted); font-weight: normal; }
a { color: var(--link); }
footer { margin-top: 32px; color: var(--muted); }
`;
