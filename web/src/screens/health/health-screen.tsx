import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { BridgeState } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { duration } from "../../../../src/view/ages.ts";
import { client, useLiveState } from "../../bridge/bridge.tsx";
import { useMay } from "../../bridge/rights.ts";
import { Facts, Screen, Section } from "../../parts/screen.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import { Audit } from "./audit.tsx";
import { bytes } from "./bytes.ts";
import { limitWords } from "./limit-words.ts";

/** So often a page that is looked at asks again: what it shows is counted by the bridge, and told by nobody. */
const againMs = 10_000;

/** What the bridge says of itself. Each fact is its own, or was just measured. */
export function HealthScreen() {
  const isAdmin = useMay("admin");
  const kind = useLiveState(({ connection }) => connection.kind);
  const { data, error } = useQuery({
    // Anew when this page's own stream begins: it is one of those that are counted.
    queryKey: ["health", kind],
    placeholderData: keepPreviousData,
    async queryFn({ signal }) {
      const state = await client.state({ signal });
      const from = performance.now();
      await client.status({ signal });
      return { state, latencyMs: performance.now() - from };
    },
    refetchInterval: againMs,
  });
  return (
    <Screen title="Health">
      <Trouble error={error} />
      {data === undefined ? undefined : <Findings {...data} />}
      {isAdmin ? (
        <Audit />
      ) : (
        <Section title="Audit">
          <p className="section-text">What was done is shown to administrators of the bridge.</p>
        </Section>
      )}
      <Section title="For programs">
        <p className="section-text">
          Everything here can be asked by a program: <a href="/api/openapi.json">the API as OpenAPI 3.1</a>. On the
          bridge's machine <code>claude-bridge doctor</code> also looks at the database, the clock and the clients.
        </p>
      </Section>
    </Screen>
  );
}

function Findings({ state, latencyMs }: { readonly state: BridgeState; readonly latencyMs: number }) {
  const connection = useLiveState((live) => live.connection);
  const perMinute = useLiveState((live) => live.perMinute);
  const { retentionDays, diskFreeBytes, diskIsLow, limits } = state;
  const caps = Object.entries(limits).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return (
    <>
      <Section title="Bridge">
        <Facts
          facts={[
            ["Version", visible(state.version)],
            ["Up for", duration(state.uptimeSeconds * 1000)],
            ["Latency", `${duration(latencyMs)}, there and back, measured now`],
            ["This page", connection.kind === "live" ? "live" : connection.kind],
            ["Messages in the last minute", perMinute],
          ]}
        />
      </Section>
      <Section title="Storage">
        <Facts
          facts={[
            ["Messages", `${count(state.totalMessages)} in ${count(state.channels.length)} channels`],
            ["Kept", retentionDays === 0 ? "until a channel is cleared" : `${retentionDays} days`],
            ["Room on the disk", <Room key="room" freeBytes={diskFreeBytes} isLow={diskIsLow} />],
          ]}
        />
      </Section>
      <Section title="Open now">
        <Facts
          facts={[
            ["Event streams", of(state.openStreams, limits.maxStreams)],
            ["Waits", of(state.openWaits, limits.maxWaits)],
          ]}
        />
      </Section>
      <Section title="Limits in force">
        <Facts areMany facts={caps.map(([name, value]) => limitWords(name, value))} />
      </Section>
    </>
  );
}

function Room({ freeBytes, isLow }: { readonly freeBytes: number | undefined; readonly isLow: boolean }) {
  const free = freeBytes === undefined ? "not known" : `${bytes(freeBytes)} free`;
  return isLow ? <strong className="health-low">{free}: make room, or messages will be refused</strong> : free;
}

const count = (number: number) => number.toLocaleString("en-GB");
const of = (now: number, most: number | undefined) =>
  most === undefined ? count(now) : `${count(now)} of ${count(most)}`;
