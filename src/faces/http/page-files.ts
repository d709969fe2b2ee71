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
  <section aria-labelledby="you">
    <h2 id="you">You</h2>
    <p id="who" role="status"></p>
    <form id="sign-in" hidden>
      <label for="secret">Token or join code</label>
      <input id="secret" type="password" autocomplete="off" spellcheck="false" required>
      <label for="name">Your name, with a join code</label>
      <input id="name" autocomplete="off" spellcheck="false" maxlength="48">
      <button>Sign in</button>
    </form>
    <button id="sign-out" type="button" hidden>Sign out</button>
  </section>
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

// A name that turns the line around, or has in it what cannot be seen, could pass for another.
const shown = (name) =>
  name.replace(/[\\p{C}\\p{Zl}\\p{Zp}]/gu, (unit) => "\\\\u{" + unit.codePointAt(0).toString(16) + "}");

function row({ id, count, last_ts, senders }) {
  const last = new Date(last_ts).toLocaleString(undefined, { timeZoneName: "short" });
  const cells = [shown(id), count.toLocaleString(), last, senders.map(shown).join(", ")];
  const tr = document.createElement("tr");
  for (const text of cells) tr.appendChild(document.createElement("td")).textContent = text;
  return tr;
}

async function show() {
  const response = await fetch("/api/state");
  if (!response.ok) {
    const status = await (await fetch("/status")).json();
    byId("summary").textContent = status.version + ", online. Sign in to see its channels.";
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

async function session(method, body, headers) {
  const response = await fetch("/api/session", {
    method,
    headers: { ...(body && { "Content-Type": "application/json" }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function showWho({ authenticated, auth_required, principal }) {
  byId("who").textContent = authenticated
    ? "Signed in as " + principal.name + "."
    : auth_required ? "Sign in to see the channels." : "This bridge asks nobody here who they are.";
  connectLines(auth_required);
  byId("sign-in").hidden = authenticated || !auth_required;
  byId("sign-out").hidden = !authenticated;
}

// The code of a sign-in link is taken out of the address before anything else: it must not stay where one goes back to.
// A browser's list of visited pages has it all the same; by then it was used.
function takeCode() {
  const code = /^#signin=([\\w-]+)$/.exec(location.hash)?.[1];
  if (code) history.replaceState(null, "", location.pathname);
  return code;
}

async function signIn(secret, name) {
  // By its shape, not its length: a short token that is taken for a code would count as a wrong try of every code.
  const isCode = /^[0-9a-z]{4}[- ]?[0-9a-z]{4}$/i.test(secret);
  const opened = isCode
    ? session("POST", name ? { code: secret, name } : { code: secret })
    : session("POST", {}, { Authorization: "Bearer " + secret });
  showWho(await opened);
  await show();
}

const say = (error) => (byId("who").textContent = error.message);

byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const secret = byId("secret").value.trim();
  byId("secret").value = "";
  signIn(secret, byId("name").value.trim()).catch(say);
});
byId("sign-out").addEventListener("click", () => session("DELETE").then(() => location.reload(), say));

async function start() {
  const code = takeCode();
  const refused = code && (await session("POST", { code }).then(() => undefined, (error) => error));
  showWho(await session("GET"));
  if (refused) say(refused);
  await show();
}

connectLines(false);
start().catch(() => (byId("summary").textContent = "The bridge does not answer. Reload to try again."));
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
form:not([hidden]) { display: grid; gap: 8px; max-width: 24rem; }
input, button { font: inherit; padding: 8px; border: 1px solid var(--muted); border-radius: 3px; background: var(--surface); color: var(--text); }
footer { margin-top: 32px; color: var(--muted); }
`;
