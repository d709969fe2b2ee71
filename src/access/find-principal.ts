import { BridgeError } from "../core/errors.ts";
import type { Kept } from "./record-bodies.ts";
import type { Records } from "./records.ts";

/** By id, or by the name of now: those that were revoked have none. @throws BridgeError `not_found`. */
export function findPrincipal(records: Records, idOrName: string, field = "principal"): Kept<"principal"> {
  const name = idOrName.toLowerCase();
  const isMeant = (one: Kept<"principal">) => one.revokedAt === undefined && one.name.toLowerCase() === name;
  const found = records.get("principal", idOrName) ?? records.all("principal").find(isMeant);
  if (found === undefined) throw new BridgeError("not_found", `there is nobody called '${idOrName}'`, { field });
  return found;
}
