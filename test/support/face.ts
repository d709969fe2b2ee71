import { type AccessOptions, createAccess } from "../../src/access/access.ts";
import { createAgents } from "../../src/agents/agents.ts";
import { createBridge } from "../../src/core/bridge.ts";
import type { Bridge } from "../../src/core/bridge.ts";
import { systemClock } from "../../src/core/clock.ts";
import { type Caps, defaultCaps } from "../../src/core/limits.ts";
import type { About } from "../../src/core/operation.ts";
import type { SecretScan } from "../../src/core/secret-scan.ts";
import type { Store } from "../../src/core/store.ts";
import { createMcpHttp } from "../../src/faces/mcp/http.ts";
import { createHttpFace, type HttpFaceOptions } from "../../src/faces/http/server.ts";
import { createMemoryStore } from "../../src/stores/memory.ts";
import { dashboardFolder } from "../../src/version.ts";

export interface Served {
  readonly bridge: Bridge;
  readonly url: string;
  readonly errors: readonly unknown[];
  close(): Promise<void>;
}

export interface ServeOptions extends Partial<HttpFaceOptions> {
  readonly store?: Store;
  readonly caps?: Partial<Caps>;
  /** The one shared token. */
  readonly token?: string;
  readonly isOpenToNetwork?: boolean;
  readonly access?: Partial<AccessOptions>;
  readonly secretScan?: SecretScan;
  readonly about?: Partial<About>;
  /** The address to listen on; loopback unless told. */
  readonly host?: string;
}

/** A whole HTTP face on a free port of loopback. `errors` is what it logged as its own fault: should stay empty. */
export async function serve(given: ServeOptions = {}): Promise<Served> {
  const {
    store = createMemoryStore(),
    caps,
    token,
    isOpenToNetwork = false,
    access: more,
    host = "127.0.0.1",
    secretScan,
    about = {},
    ...options
  } = given;
  const errors: unknown[] = [];
  const nothing = () => undefined;
  const log = { error: (details: object) => void errors.push(details), warn: nothing, info: nothing, debug: nothing };
  const access = await createAccess({
    store,
    clock: systemClock,
    sharedToken: token,
    isOpenToNetwork,
    caps: () => bridge.caps(),
    log,
    ...more,
  });
  const bridge: Bridge = createBridge({
    store,
    about,
    access,
    agents: createAgents({
      store,
      clock: systemClock,
      directory: access.directory,
      wakeRules: access.wakeRules,
      onError: (error) => void errors.push(error),
    }),
    caps: { ...defaultCaps, ...caps },
    ...(secretScan === undefined ? {} : { secretScan }),
  });
  const boundary = { trustedHosts: [], corsOrigins: [], isPublic: false };
  const mcp = createMcpHttp({ bridge });
  const face = createHttpFace({ bridge, boundary, dashboard: dashboardFolder, log, mcp, ...options });
  const { port } = await face.listen(host, 0);
  return {
    bridge,
    url: `http://127.0.0.1:${port}`,
    errors,
    async close() {
      await bridge.close();
      await face.close();
    },
  };
}

export const json = { "content-type": "application/json" };

export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: "POST",
    headers: { ...json, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
