import { randomBytes } from "node:crypto";
import type { AuditSource } from "../core/audit.ts";
import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import { maxSignInLinks, signInLinkMs } from "../core/limits.ts";
import type { Grant } from "../core/principal.ts";
import type { Amendment } from "../core/registry.ts";
import { hashCode, isCodeOf } from "./join-code.ts";
import { plannedPrincipal } from "./new-principal.ts";
import type { Kept } from "./record-bodies.ts";
import { put, type Records, remove } from "./records.ts";
import { mintId } from "./token.ts";

/** One-time links for a browser: the command that prints one has the rights, the browser gets a session of a person. */
export interface SignInLinks {
  /**
   * For the person of that name with the rights that the person has, or for the bridge's operator, `you`, with those of
   * whoever makes the link. The code is shown here and never again.
   *
   * @throws BridgeError `not_found` for a person that is not there, `limit_reached`.
   */
  create(
    name: string | undefined,
    by: { readonly given: Grant; readonly source: AuditSource },
  ): Promise<{ readonly code: string; readonly expiresAt: number }>;
  /** Whose code it is, while it works. */
  find(code: string): Kept<"signInLink"> | undefined;
}

export interface SignInLinksOptions {
  readonly records: Records;
  readonly clock: Clock;
  readonly epoch: string;
}

/** Whether it looks like the code of a link, and not like a join code. */
export const isSignInCode = (text: string): boolean => /^[A-Za-z0-9_-]{22}$/.test(text);

export function createSignInLinks({ records, clock, epoch }: SignInLinksOptions): SignInLinks {
  return {
    async create(name, { given, source }) {
      const [id, code, now] = [mintId(), randomBytes(16).toString("base64url"), clock.now()];
      const expiresAt = now + signInLinkMs;
      await records.change(() => {
        const over = records.all("signInLink").filter((link) => link.expiresAt <= now);
        if (records.all("signInLink").length - over.length >= maxSignInLinks) {
          const message = `there are ${maxSignInLinks} sign-in links out; each works for 2 minutes`;
          throw new BridgeError("limit_reached", message, { retryAfterSeconds: signInLinkMs / 1000 });
        }
        const isOperator = name === undefined || name === operator;
        const { principal, changes } = isOperator ? theOperator(records, now, source) : person(records, name);
        const credential = isOperator ? undefined : credentialOf(records, principal);
        const { permissions, channels } = credential ?? given;
        const link = put("signInLink", id, {
          principal: principal.id,
          credential: credential?.id,
          codeHash: hashCode(code, epoch),
          permissions: [...permissions],
          channels: [...channels],
          createdAt: now,
          createdBy: source.principal,
          expiresAt,
        });
        const detail = `sign-in link for ${principal.name}`;
        return {
          changes: [...over.map((old) => remove("signInLink", old)), ...changes, link],
          events: [{ ...source, event: "invite", detail }],
          result: undefined,
        };
      });
      return { code, expiresAt };
    },

    find(code) {
      const [match] = records.all("signInLink").filter(({ codeHash }) => isCodeOf(codeHash, code, epoch));
      return match !== undefined && clock.now() < match.expiresAt ? match : undefined;
    },
  };
}

/** The person at the machine that the bridge runs on, made when first signed in. */
const operator = "you";

interface Found {
  readonly principal: Kept<"principal">;
  readonly changes: readonly Amendment[];
}

function theOperator(records: Records, now: number, { principal: by }: AuditSource): Found {
  const [principal] = persons(records, operator);
  if (principal !== undefined) return { principal, changes: [] };
  return plannedPrincipal({ records, kind: "person", name: operator, now, by, isReserved: true });
}

function person(records: Records, name: string): Found {
  const [principal] = persons(records, name);
  if (principal !== undefined) return { principal, changes: [] };
  throw new BridgeError("not_found", `there is no person called '${name}'; invite them`, { field: "name" });
}

const persons = (records: Records, name: string) =>
  records
    .all("principal")
    .filter(({ principalKind, revokedAt }) => principalKind === "person" && revokedAt === undefined)
    .filter((principal) => principal.name.toLowerCase() === name.toLowerCase());

/** What the person was given last: a link must not make more of it. */
function credentialOf(records: Records, { id, name }: Kept<"principal">): Kept<"credential"> {
  const own = records
    .all("credential")
    .filter(({ principal, revokedAt }) => principal === id && revokedAt === undefined);
  const [newest] = own.toSorted((a, b) => b.createdAt - a.createdAt);
  if (newest !== undefined) return newest;
  throw new BridgeError("not_found", `${name} has no credential that a link could hand on`, { field: "name" });
}
