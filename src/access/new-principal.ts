import { BridgeError } from "../core/errors.ts";
import type { Amendment } from "../core/registry.ts";
import type { Kept, RecordBody } from "./record-bodies.ts";
import { put, type Records } from "./records.ts";
import { mintId } from "./token.ts";

export interface NewPrincipal {
  readonly records: Records;
  readonly kind: RecordBody<"principal">["principalKind"];
  readonly name: string;
  readonly now: number;
  /** The id of the principal who let it in. */
  readonly by: string;
  /** The name is one that means something, and this is who is meant. */
  readonly isReserved?: boolean;
}

/** @throws BridgeError `invalid_input` for a name that is none, `conflict` for one that is taken, with a free one. */
export function plannedPrincipal({ records, kind, name, now, by, isReserved = false }: NewPrincipal): {
  readonly principal: Kept<"principal">;
  readonly changes: readonly Amendment[];
} {
  if (!isReserved) requireFreeName(records, name);
  const body: RecordBody<"principal"> = { principalKind: kind, name, createdAt: now, createdBy: by };
  const id = mintId();
  return { principal: { ...body, id, version: 1 }, changes: [put("principal", id, body), ...nameGiven(records)] };
}

/** Goes with every change that gives a name. */
export const nameGiven = (records: Records): readonly Amendment[] => [
  put("directory", "names", {}, records.get("directory", "names")),
];

const pattern = /^[a-z0-9][a-z0-9._-]{0,47}$/i;
const reserved = new Set(["local", "operator", "token", "you", "shared", "everybody", "bridge"]);

/**
 * A name that somebody had before is not free either: mail that is on its way to it would be another's. To `owner`, who
 * is to have the name, its own former names are.
 *
 * @throws BridgeError `invalid_input`, or `conflict` with a name that is free.
 */
export function requireFreeName(records: Records, name: string, owner?: string): void {
  if (!pattern.test(name)) {
    const message =
      "name: must be 1 to 48 letters, digits, dots, dashes and underscores, and begin with a letter or digit";
    throw new BridgeError("invalid_input", message, { field: "name" });
  }
  const taken = new Set(
    records
      .all("principal")
      .filter(isThere)
      .flatMap(({ id, name: own, formerly = [] }) => (id === owner ? [own] : [own, ...formerly]))
      .map((one) => one.toLowerCase()),
  );
  const isFree = (wanted: string) => !reserved.has(wanted.toLowerCase()) && !taken.has(wanted.toLowerCase());
  if (isFree(name)) return;
  let number = 2;
  while (!isFree(`${name.slice(0, 44)}-${number}`)) number += 1;
  const suggestion = `${name.slice(0, 44)}-${number}`;
  throw new BridgeError("conflict", `the name '${name}' is taken; '${suggestion}' is free`, { field: "name" });
}

const isThere = ({ revokedAt }: Kept<"principal">) => revokedAt === undefined;
