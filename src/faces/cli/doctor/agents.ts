import { credentialOf } from "../relay-credential.ts";
import type { Credential } from "../choose-bridge.ts";
import { CommandError } from "../command-error.ts";
import { openFetch } from "../open-fetch.ts";
import { callOverHttp } from "../over-http.ts";
import { wayWords } from "./way-words.ts";
import { type Check, doctorAnswerMs, type Examined, type Finding, ok, warning } from "./check.ts";

/** The agents of this machine that are there, and how each is reached. Says nothing where the bridge knows none. */
export const agents: Check = {
  name: "agents",
  async *run(about) {
    const { credential, machine } = whoToAsk(about) ?? {};
    if (credential === undefined) return;
    const mine = (await listAgents(credential)).filter((agent) => machine === undefined || agent.machine === machine);
    const present = mine.filter(({ reach }) => reach !== "away");
    yield* present.map(finding);
  },
};

interface Agent {
  readonly name: string;
  readonly machine: string | undefined;
  readonly reach: string;
  /** What wakes it. */
  readonly way: string | undefined;
  readonly reason: string | undefined;
}

function finding({ name, reach, way, reason }: Agent): Finding {
  if (reach !== "by hand") return ok(`agent ${name}: ${reach}${way === undefined ? "" : ` by ${wayWords(way)}`}`);
  const why = reason === undefined ? "" : `, ${reason}`;
  return warning(`agent ${name}: by hand${why}`, "restart it, so that it starts with what wakes it");
}

/** The bridge that this machine has chosen, and who it is there; otherwise the relay here, whose agents are all shown. */
function whoToAsk({ announced, bridges: { current, known } }: Examined) {
  const joined = known.get(current ?? "");
  if (joined !== undefined)
    return { credential: { ...joined, certificate: joined.certificate }, machine: joined.principal.name };
  return announced === undefined ? undefined : { credential: credentialOf(announced), machine: undefined };
}

async function listAgents({ url, token, certificate }: Credential) {
  const { fetch, close } = await openFetch(certificate);
  try {
    const call = { method: "GET", path: "/api/agents", input: {}, withinMs: doctorAnswerMs } as const;
    const answer = (await callOverHttp({ url, token, fetch }, call)) as { readonly agents?: unknown };
    return Array.isArray(answer.agents) ? answer.agents.flatMap(agentOf) : [];
  } catch (error) {
    // It is older, or away, which another check has said.
    if (error instanceof CommandError) return [];
    throw error;
  } finally {
    await close();
  }
}

function agentOf(value: unknown): readonly Agent[] {
  if (typeof value !== "object" || value === null) return [];
  const { name, machine, reach, way, reason } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || typeof reach !== "string") return [];
  const text = (member: unknown) => (typeof member === "string" ? member : undefined);
  return [{ name, machine: text(machine), reach, way: text(way), reason: text(reason) }];
}
