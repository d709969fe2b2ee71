import type { Permission } from "../core/principal.ts";
import {
  type AuditEntry,
  auditEntryFrom,
  type BrowserInfo,
  browserFrom,
  type CredentialInfo,
  credentialFrom,
  type InvitationInfo,
  invitationFrom,
  type PrincipalInfo,
  principalFrom,
  type WhoAmI,
  whoAmIFrom,
} from "./admin-rows.ts";
import { askOnce } from "./request.ts";
import { ask } from "./retry.ts";
import type { CallOptions, Settings } from "./settings.ts";
import { type Fields, fieldsOf, list, optionalText, text, texts, time } from "./shape.ts";

export interface Inviting {
  /** A machine unless told. */
  readonly kind?: "machine" | "person" | undefined;
  /** Unless told, whoever comes chooses it. */
  readonly name?: string | undefined;
  /** 60 to 86,400; ten minutes unless told. */
  readonly ttlSeconds?: number | undefined;
  readonly isReadOnly?: boolean | undefined;
  /** Everything but to administer, unless told. */
  readonly permissions?: readonly Permission[] | undefined;
}

export interface Invitation {
  readonly id: string;
  /** Told here and never again. */
  readonly code: string;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number;
  /** SHA-256 of the bridge's certificate, where it has one. */
  readonly fingerprint: string | undefined;
  /** The same in words, for people to compare on both sides. */
  readonly words: string;
  /** Where others reach the bridge; none while it listens on its own machine only. */
  readonly urls: readonly string[];
}

export interface ReadingAudit {
  /** The place of an entry: those after it, the oldest first. Without it the newest come, the newest first. */
  readonly after?: number | undefined;
  /** 100 unless told. */
  readonly limit?: number | undefined;
}

type Once = Pick<CallOptions, "signal">;

/** Who there is, and what they may. All but `whoAmI` reject with `forbidden` for whoever does not administer the bridge. */
export interface AdminCalls {
  whoAmI(options?: CallOptions): Promise<WhoAmI>;
  principals(options?: CallOptions): Promise<readonly PrincipalInfo[]>;
  credentials(options?: CallOptions): Promise<readonly CredentialInfo[]>;
  invitations(options?: CallOptions): Promise<readonly InvitationInfo[]>;
  /** The browsers that are signed in. */
  browsers(options?: CallOptions): Promise<readonly BrowserInfo[]>;
  audit(reading?: ReadingAudit, options?: CallOptions): Promise<readonly AuditEntry[]>;
  /** Makes a code with which one machine or person can join, once. */
  invite(inviting?: Inviting, options?: Once): Promise<Invitation>;
  /** The code of a link that signs one browser in as the caller, once. */
  signInCode(options?: Once): Promise<string>;
  rename(id: string, name: string, options?: Once): Promise<PrincipalInfo>;
  /** Ends every credential and session of a principal, and what it has open. */
  revoke(id: string, options?: Once): Promise<PrincipalInfo>;
  /** Nobody can join with this code any more. */
  revokeInvitation(id: string, options?: Once): Promise<InvitationInfo>;
  /** Signs a browser out. */
  revokeBrowser(id: string, options?: Once): Promise<BrowserInfo>;
}

/** What changes something is asked once: a second try would change what the first has made. */
export function createAdminCalls(settings: Settings): AdminCalls {
  const get = async (path: string, call?: CallOptions) => fieldsOf(await ask(settings, { path }, call));
  const post = (path: string, body: Fields, call?: Once) => askOnce(settings, { path, body }, call?.signal);
  return {
    whoAmI: async (call) => whoAmIFrom(await get("/api/whoami", call)),
    principals: async (call) => list(await get("/api/principals", call), "principals").map(principalFrom),
    credentials: async (call) => list(await get("/api/tokens", call), "tokens").map(credentialFrom),
    invitations: async (call) => list(await get("/api/invitations", call), "invitations").map(invitationFrom),
    browsers: async (call) => list(await get("/api/sessions", call), "sessions").map(browserFrom),
    async audit({ after, limit } = {}, call) {
      const query = [["after", after] as const, ["limit", limit] as const];
      return list(fieldsOf(await ask(settings, { path: "/api/audit", query }, call)), "events").map(auditEntryFrom);
    },
    async invite({ kind, name, ttlSeconds, isReadOnly, permissions } = {}, call) {
      const body = { kind, name, ttl_seconds: ttlSeconds, read_only: isReadOnly, permissions };
      return madeFrom(await post("/api/invitations", body, call));
    },
    async signInCode(call) {
      const fragment = text(fieldsOf(await post("/api/sign-in-links", {}, call)), "url_fragment");
      return fragment.replace("#signin=", "");
    },
    rename: async (id, name, call) => principalFrom(await post("/api/principals/rename", { id, name }, call)),
    revoke: async (id, call) => principalFrom(await post("/api/principals/revoke", { id }, call)),
    revokeInvitation: async (id, call) => invitationFrom(await post("/api/invitations/revoke", { id }, call)),
    revokeBrowser: async (id, call) => browserFrom(await post("/api/sessions/revoke", { id }, call)),
  };
}

function madeFrom(value: unknown): Invitation {
  const fields = fieldsOf(value);
  return {
    id: text(fields, "id"),
    code: text(fields, "code"),
    expiresAt: time(fields, "expires_at"),
    fingerprint: optionalText(fields, "fingerprint"),
    words: text(fields, "words"),
    urls: texts(fields, "urls"),
  };
}
