import type { AuditEvent } from "../core/audit.ts";
import { BridgeError } from "../core/errors.ts";
import type { Amendment, Registry } from "../core/registry.ts";
import { type Kept, type RecordBody, recordBodies, type RecordKind } from "./record-bodies.ts";
import { copyRecords } from "./record-copy.ts";

/** The registry, read into memory: every request asks it, and it is small. */
export interface Records {
  /** Another number after each change, so that what was made of the records can be kept until then. */
  generation(): number;
  all<Kind extends RecordKind>(kind: Kind): readonly Kept<Kind>[];
  get<Kind extends RecordKind>(kind: Kind, id: string): Kept<Kind> | undefined;
  /**
   * Writes what `plan` makes of the records as they are; plans again when somebody else was faster. Afterwards the
   * records here are the new ones.
   */
  change<Result>(plan: () => Plan<Result>): Promise<Result>;
  /** Calls `wake` after any change, by any process, when it can be read here. Returns the unsubscribe. */
  watch(wake: () => void): () => void;
  close(): void;
}

export interface Plan<Result> {
  readonly changes: readonly Amendment[];
  readonly events: readonly AuditEvent[];
  readonly result: Result;
}

/** A new record, or a new body for one that is there. */
export function put<Kind extends RecordKind>(
  kind: Kind,
  id: string,
  body: RecordBody<Kind>,
  was?: { readonly version: number },
): Amendment {
  return { kind, id, version: was?.version ?? 0, body: JSON.stringify(recordBodies[kind].parse(body)) };
}

export const remove = (kind: RecordKind, { id, version }: { readonly id: string; readonly version: number }) =>
  ({ kind, id, version, body: undefined }) satisfies Amendment;

/** Two who change the same record meet once or twice; more often it is a fault of ours. */
const maxTries = 5;

export async function createRecords(registry: Registry, onError: (error: unknown) => void): Promise<Records> {
  const copy = await copyRecords(registry, onError);
  return {
    generation: copy.generation,
    all: (kind) => [...(copy.records().get(kind)?.values() ?? [])] as never,
    get: (kind, id) => copy.records().get(kind)?.get(id) as never,
    watch: copy.watch,
    close: copy.close,

    async change(plan) {
      for (let tries = 1; ; tries += 1) {
        const { changes, events, result } = plan();
        try {
          await registry.amend(changes, events);
          await copy.reload();
          return result;
        } catch (error) {
          if (!(error instanceof BridgeError) || error.code !== "conflict" || tries === maxTries) throw error;
          await copy.reload();
        }
      }
    },
  };
}
