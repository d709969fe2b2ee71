import type { Bridge } from "../../src/core/bridge.ts";
import type { Permission } from "../../src/core/principal.ts";
import type { Issued, NewToken } from "../../src/core/tokens.ts";

const source = { principal: "local" };

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

interface Wanted extends Partial<Omit<NewToken, "whose" | "permissions">> {
  readonly permissions?: readonly Permission[];
  readonly kind?: "machine" | "person" | "service";
}

/** A credential for somebody new. */
export function tokenFor({ access }: Pick<Bridge, "access">, name: string, wanted: Wanted = {}): Promise<Issued> {
  const { permissions = ["read", "write", "claim"], channels = ["*"], kind = "machine", lifetimeMs } = wanted;
  return access.tokens.create({ whose: { name, kind }, permissions, channels, lifetimeMs }, source);
}
