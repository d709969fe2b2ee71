import { z } from "zod";
import { permissions } from "../core/principal.ts";
import { wakes } from "../core/wake.ts";

/** What the registry keeps. Times are milliseconds since the Unix epoch; `by` is the id of the principal who did it. */

const time = z.number();
const granted = { permissions: z.array(z.enum(permissions)), channels: z.array(z.string()) };
const made = { createdAt: time, createdBy: z.string() };

export const recordBodies = {
  /** Who there is. Never removed, so that messages of long ago still have a name to their principal. */
  principal: z.object({
    principalKind: z.enum(["machine", "person", "service"]),
    name: z.string(),
    /** What it was called before, the latest last. */
    formerly: z.array(z.string()).optional(),
    ...made,
    revokedAt: time.optional(),
  }),
  /**
   * Several may prove one principal. Has two secrets while it is rotated; the first that was made goes at `until`. Has
   * none where it is a person's who comes by browser only: then it says what their sessions may.
   */
  credential: z.object({
    principal: z.string(),
    ...granted,
    secrets: z.array(z.object({ hash: z.string(), createdAt: time, until: time.optional() })),
    ...made,
    expiresAt: time.optional(),
    revokedAt: time.optional(),
  }),
  /** When a credential was last used and from where, to the minute; its id is the credential's. */
  use: z.object({ at: time, address: z.string().optional() }),
  /** A join code that was given out. */
  invitation: z.object({
    codeHash: z.string(),
    principalKind: z.enum(["machine", "person"]),
    name: z.string().optional(),
    ...granted,
    ...made,
    expiresAt: time,
    wrongTries: z.int(),
    usedAt: time.optional(),
    usedBy: z.string().optional(),
    revokedAt: time.optional(),
  }),
  /**
   * A browser that is signed in. Its principal is `shared` where the shared token opened it, and it ends with the
   * credential that did.
   */
  session: z.object({
    principal: z.string(),
    credential: z.string().optional(),
    ...granted,
    secretHash: z.string(),
    ...made,
    lastUsedAt: time,
    expiresAt: time,
    until: time,
    address: z.string().optional(),
    browser: z.string().optional(),
  }),
  /** A link that signs a browser in, once. */
  signInLink: z.object({
    principal: z.string(),
    credential: z.string().optional(),
    codeHash: z.string(),
    ...granted,
    ...made,
    expiresAt: time,
  }),
  /** What the bridge's rules leave to a principal, or to everybody (`*`), where they are asked. */
  rule: z.object({ subject: z.string(), ...granted, ...made }),
  /** One record, `names`, that changes whenever a name is given, so that two who want one name at once meet there. */
  directory: z.object({}),
  /** One record, `rules`: whether only what a rule allows is allowed. */
  policy: z.object({ isClosed: z.boolean(), ...made }),
  /** A channel or a principal that nothing is taken from for now. */
  freeze: z.object({ target: z.enum(["channel", "principal"]), name: z.string(), reason: z.string(), ...made }),
  /** What wakes the agents that fit one pattern in the channels that fit the other. */
  wakeRule: z.object({ agent: z.string(), channel: z.string(), wake: z.enum(wakes), ...made }),
} as const;

export type RecordKind = keyof typeof recordBodies;
export type RecordBody<Kind extends RecordKind> = z.output<(typeof recordBodies)[Kind]>;

/** A record as it is known now. */
export type Kept<Kind extends RecordKind> = RecordBody<Kind> & { readonly id: string; readonly version: number };
