import { type ChannelName } from "./message.ts";
import { inAnyPattern } from "./scope.ts";

/** What a credential can allow. `admin` is about the whole bridge, the others are about channels. */
export const permissions = ["read", "write", "claim", "clear", "admin"] as const;
export type Permission = (typeof permissions)[number];

/**
 * `local`: nobody proved anything; whoever reaches the bridge. `shared`: a holder of the one shared token. The others
 * are known one by one: a machine with the agents on it, a person at a browser or terminal, a service.
 */
export const principalKinds = ["local", "shared", "machine", "person", "service"] as const;
export type PrincipalKind = (typeof principalKinds)[number];

/** Some permissions in the channels that fit one of the patterns (`scope.ts`). */
export interface Grant {
  readonly permissions: readonly Permission[];
  readonly channels: readonly string[];
}

/**
 * Who a credential proves. Made in one place (`access/`) from what a face took out of a request; nothing below a face
 * sees credentials, and nothing but the functions here reads `grants`.
 */
export interface Principal {
  /** Stays when the name changes, and is never given to another. */
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly name: string;
  /** What it was called before: there may be mail for it under these names. */
  readonly formerly?: readonly string[] | undefined;
  /** The credential's id, for the audit; undefined when there was none. */
  readonly credential?: string | undefined;
  /** In each layer some grant must allow it: what the credential was given, then what the bridge's rules leave. */
  readonly grants: readonly (readonly Grant[])[];
}

const allOf = (...granted: readonly Permission[]): Grant => ({ permissions: granted, channels: ["*"] });

/** Whoever reaches a bridge that asks for no credential, on the bridge's own machine. */
export const localOperator: Principal = {
  id: "local",
  kind: "local",
  name: "local",
  grants: [[allOf(...permissions)]],
};

/** The same from elsewhere, where the operator has allowed it: everything but to administer the bridge. */
export const stranger: Principal = {
  id: "local",
  kind: "local",
  name: "local",
  grants: [[allOf("read", "write", "claim", "clear")]],
};

/** Whoever comes to join: nobody yet. */
export const newcomer: Principal = { id: "nobody", kind: "local", name: "nobody", grants: [[]] };

/** Whoever holds the bridge's one shared token. */
export const tokenHolder: Principal = {
  id: "shared",
  kind: "shared",
  name: "token",
  grants: [[allOf(...permissions)]],
};

/** Whether the bridge knows who it is. The names of the others are only what they call themselves. */
export const isVerified = ({ kind }: Pick<Principal, "kind">): boolean => kind !== "local" && kind !== "shared";

/** What its credential was given, whatever the bridge's rules leave of it: what it can hand on to a browser of its own. */
export const givenTo = ({ grants: [given] }: Principal): Grant => given?.[0] ?? { permissions: [], channels: [] };

/** Whether it may do so in the channel; without a channel, whether it may do so anywhere. */
export function may({ grants }: Principal, permission: Permission, channel?: ChannelName): boolean {
  return grants.every((layer) =>
    layer.some(
      (grant) =>
        grant.permissions.includes(permission) && (channel === undefined || inAnyPattern(grant.channels, channel)),
    ),
  );
}

/** The channels where it may: those that fit a pattern of every list. Empty when it may everywhere. */
export function whereMay({ grants }: Principal, permission: Permission): readonly (readonly string[])[] {
  return grants
    .map((layer) => layer.flatMap((grant) => (grant.permissions.includes(permission) ? grant.channels : [])))
    .filter((patterns) => !patterns.includes("*"));
}
