import { hash, timingSafeEqual } from "node:crypto";
import type { Access, Credentials } from "../core/access.ts";
import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import { localOperator, type Principal } from "../core/principal.ts";
import type { Principals } from "./principals.ts";
import type { Kept } from "./record-bodies.ts";
import type { Records } from "./records.ts";
import type { Failures } from "./failures.ts";
import type { Sessions } from "./sessions.ts";
import { parseToken } from "./token.ts";
import type { Uses } from "./uses.ts";

export interface AuthenticateOptions {
  readonly records: Records;
  readonly principals: Principals;
  readonly sessions: Pick<Sessions, "of" | "use">;
  readonly clock: Clock;
  readonly uses: Pick<Uses, "note">;
  readonly failures: Failures;
  readonly sharedToken?: string | undefined;
  readonly operatorToken?: string | undefined;
  readonly isOpenToNetwork: boolean;
}

/** Whoever has the token of this start, such as a command on the bridge's machine. */
const operator: Principal = { ...localOperator, name: "operator" };

export function createAuthenticate(options: AuthenticateOptions): Pick<Access, "authenticate" | "asksForCredential"> {
  const { records, sessions, sharedToken, operatorToken, isOpenToNetwork } = options;
  const known: readonly Known[] = [
    { digest: sharedToken === undefined ? nobody : digestOf(sharedToken), principal: options.principals.holder },
    { digest: operatorToken === undefined ? nobody : digestOf(operatorToken), principal: () => operator },
  ];

  /** A shared token asks always. Those of single machines, as soon as one was ever made: also when it was revoked. */
  const asksForCredential = () =>
    sharedToken !== undefined || (!isOpenToNetwork && records.all("credential").length > 0);

  return {
    asksForCredential,
    authenticate(given) {
      const secret = given.bearer ?? given.queryToken;
      if (secret !== undefined) return holderOf(secret, given, known, options);
      const session = given.cookie === undefined ? undefined : sessions.of(given.cookie);
      if (session !== undefined) {
        sessions.use(session.session, given.address);
        return session.principal;
      }
      // A cookie that is of no session counts for nothing: a browser shows one host's cookies to each of its ports.
      if (asksForCredential()) throw new BridgeError("unauthorized", "unauthorized");
      return withoutCredential(given, options);
    },
  };
}

interface Known {
  readonly digest: Buffer;
  readonly principal: () => Principal;
}

/**
 * Whoever has the secret. Each secret is hashed once and compared with as many digests, whether its id is known or not
 * and wherever it is wrong: how long it takes says nothing.
 *
 * @throws BridgeError `unauthorized`.
 */
function holderOf(
  secret: string,
  { address }: Credentials,
  known: readonly Known[],
  { records, principals, clock, uses, failures }: AuthenticateOptions,
): Principal {
  const digest = digestOf(secret);
  const credential = records.get("credential", parseToken(secret)?.id ?? "");
  const isCredentials = isAnyOf(secretsOf(credential, clock.now()), digest);
  const [match] = known.filter((one) => timingSafeEqual(one.digest, digest));
  if (match !== undefined) return match.principal();
  if (credential === undefined || !isCredentials) throw failures.count(address);
  const principal = principals.of(credential, digest.toString("hex"));
  if (principal === undefined) throw failures.over(credential, address);
  uses.note(credential.id, address);
  return principal;
}

/** Two, as a credential has while it is rotated; in the place of one that it has not, one that nothing matches. */
function secretsOf(credential: Kept<"credential"> | undefined, now: number): readonly Buffer[] {
  return [0, 1].map((index) => {
    const secret = credential?.secrets[index];
    const isOver = secret?.until !== undefined && secret.until <= now;
    return secret === undefined || isOver ? nobody : Buffer.from(secret.hash, "hex");
  });
}

/** Compares with all of them, also after one has matched. */
const isAnyOf = (digests: readonly Buffer[], digest: Buffer) =>
  digests.filter((one) => timingSafeEqual(one, digest)).length > 0;

/** What no secret hashes to, as far as anybody knows. */
const nobody = Buffer.alloc(32);

/** Digests have one length, so comparing them says nothing about a secret's. */
const digestOf = (secret: string): Buffer => hash("sha256", secret, "buffer");

function withoutCredential(
  { isLocal }: Credentials,
  { isOpenToNetwork, principals }: Pick<AuthenticateOptions, "isOpenToNetwork" | "principals">,
): Principal {
  if (isLocal) return localOperator;
  if (isOpenToNetwork) return principals.stranger();
  throw new BridgeError(
    "forbidden",
    "a proxy brings other machines to a bridge without a token; start it with --auth-token-file, or with --allow-unauthenticated-network",
  );
}
