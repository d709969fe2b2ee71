import { localTime, sayUptime } from "../times.ts";
import type { ClaudePlan } from "../plan-claude.ts";
import type { UpFacts } from "./facts.ts";

/** What `up` shows to a person. */
export function toScreen(facts: UpFacts): string {
  const { name, db, messages, wasRunning, pid, version, uptimeSeconds } = facts;
  const count = `${messages} ${messages === 1 ? "message" : "messages"}`;
  const state = wasRunning
    ? `Already running: bridge "${name}" ${version} (pid ${pid}), up ${sayUptime(uptimeSeconds)}.`
    : `Bridge "${name}" is up.`;
  return [`  ${state} Data: ${db} (${count})`, "", ...rows(facts), "", ...nextMachine(facts)].join("\n");
}

/** The same for programs. */
export const toUpJson = ({ addresses, invitation, identity, claude, ...facts }: UpFacts): string =>
  JSON.stringify({
    v: 1,
    service: "claude-bridge",
    name: facts.name,
    version: facts.version,
    db: facts.db,
    messages: facts.messages,
    pid: facts.pid,
    uptime_seconds: facts.uptimeSeconds,
    already_running: facts.wasRunning,
    url: addresses.local,
    remote: addresses.remote,
    join:
      invitation === undefined
        ? undefined
        : { command: invitation.command, expires_at: invitation.expiresAt, words: invitation.words },
    identity:
      identity === undefined
        ? undefined
        : { bridge: identity.bridge, machine: identity.machine, is_new: identity.isNew },
    claude:
      claude === undefined
        ? undefined
        : { version: claude.version, connected_by: claude.connection, command: claude.command },
  });

function rows({ addresses: { local, remote }, hasDashboard, identity, claude, wasRunning }: UpFacts): string[] {
  const here = local === undefined ? "nothing answers at its address on this machine" : `${local}/`;
  const [best, ...others] = remote;
  const width = Math.max(0, ...remote.map(({ url }) => url.length));
  const other = others.map(({ url, network }) => row("", `${url.padEnd(width)}  ${network}`));
  const reach =
    best === undefined
      ? `this machine only; ${wasRunning ? "claude-bridge down, then " : ""}claude-bridge up --host 0.0.0.0 lets others in`
      : `${best.url.padEnd(width)}  ${best.network}  <- other machines use this`;
  const me =
    identity === undefined ? [] : [row("Identity", `this machine is ${identity.machine} on ${identity.bridge}`)];
  return [
    row(hasDashboard ? "Dashboard" : "Address", here),
    row("Reach", reach),
    ...other,
    ...(best?.url.startsWith("http:") === true ? [row("", "plain http: fine on a network that you trust")] : []),
    ...me,
    ...(claude === undefined ? [] : claudeRows(claude)),
  ];
}

function claudeRows({ version, connection, command, run }: ClaudePlan): readonly string[] {
  if (version === undefined) return [row("Claude Code", `not on the PATH; when it is: ${command}`)];
  if (connection !== undefined) return [row("Claude Code", `${version}, connected by ${connection}`)];
  return [
    row("Claude Code", `${version}; ${run === undefined ? "connect it with" : "to be connected by"}: ${command}`),
  ];
}

const row = (name: string, text: string) => `  ${name.padEnd(12)}${text}`;

function nextMachine({ invitation }: UpFacts): readonly string[] {
  if (invitation === undefined) return ["  No other machine can join while it listens on this one only."];
  return [
    `  Add a machine. Paste this there (works once, until ${localTime(invitation.expiresAt)}):`,
    "",
    `    ${invitation.command}`,
    "",
    `  It must show the same fingerprint: ${invitation.words}`,
  ];
}
