import type { Clock } from "../core/clock.ts";
import type { Directory, PrincipalRow } from "../core/directory.ts";
import { maxFormerNames } from "../core/limits.ts";
import type { Tokens } from "../core/tokens.ts";
import { findPrincipal } from "./find-principal.ts";
import { nameGiven, requireFreeName } from "./new-principal.ts";
import type { Kept } from "./record-bodies.ts";
import { put, type Records, remove } from "./records.ts";

export function createDirectory(records: Records, tokens: Pick<Tokens, "list">, clock: Clock): Directory {
  function rowsOf(principals: readonly Kept<"principal">[]): readonly PrincipalRow[] {
    const credentials = Map.groupBy(tokens.list(), ({ principal }) => principal.id);
    return principals.map(({ id, principalKind: kind, name, formerly = [], createdAt, createdBy, revokedAt }) => {
      const own = credentials.get(id) ?? [];
      const [latest] = own.toSorted((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
      const { lastUsedAt: lastSeenAt, lastAddress } = latest ?? {};
      const count = revokedAt === undefined ? own.filter(({ secrets }) => secrets > 0).length : 0;
      return { id, kind, name, formerly, createdAt, createdBy, revokedAt, lastSeenAt, lastAddress, credentials: count };
    });
  }

  function rowOf(id: string): PrincipalRow {
    const [row] = rowsOf([findPrincipal(records, id, "id")]);
    if (row === undefined) throw new Error("a principal has no row");
    return row;
  }

  return {
    list: () => rowsOf(records.all("principal")),

    async rename(idOrName, name, source) {
      const id = await records.change(() => {
        const { id: found, version, ...body } = findPrincipal(records, idOrName, "id");
        if (body.name === name) return { changes: [], events: [], result: found };
        requireFreeName(records, name, found);
        const formerly = [...(body.formerly ?? []), body.name].filter((one) => one !== name).slice(-maxFormerNames);
        const change = put("principal", found, { ...body, name, formerly }, { version });
        const event = {
          ...source,
          event: "principal_rename",
          detail: `${body.name} is now ${name} (${found})`,
        } as const;
        return { changes: [change, ...nameGiven(records)], events: [event], result: found };
      });
      return rowOf(id);
    },

    async revoke(idOrName, source) {
      const id = await records.change(() => {
        const { id: found, version, ...body } = findPrincipal(records, idOrName, "id");
        if (body.revokedAt !== undefined) return { changes: [], events: [], result: found };
        const revokedAt = clock.now();
        const change = put("principal", found, { ...body, revokedAt }, { version });
        const event = { ...source, event: "principal_revoke", detail: `${body.name} (${found})` } as const;
        return { changes: [change, ...endings(records, found, revokedAt)], events: [event], result: found };
      });
      return rowOf(id);
    },
  };
}

/** Everything that proves the principal. */
function endings(records: Records, principal: string, revokedAt: number) {
  const isOwn = (proof: { readonly principal: string }) => proof.principal === principal;
  const live = records.all("credential").filter((credential) => credential.revokedAt === undefined);
  return [
    ...live.filter(isOwn).map(({ id, version, ...body }) => put("credential", id, { ...body, revokedAt }, { version })),
    ...records
      .all("session")
      .filter(isOwn)
      .map((session) => remove("session", session)),
    ...records
      .all("signInLink")
      .filter(isOwn)
      .map((link) => remove("signInLink", link)),
  ];
}
