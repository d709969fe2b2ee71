export type Permission = "read" | "write" | "clear" | "admin";

/** Who a credential proves. A face makes one from a request; nothing below a face sees credentials. */
export interface Principal {
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
}

const all: ReadonlySet<Permission> = new Set(["read", "write", "clear", "admin"]);

/** Whoever reaches a bridge that has no credential configured: it listens on loopback only. */
export const localOperator: Principal = { name: "local", permissions: all };

/** Whoever holds the bridge's one shared token. */
export const tokenHolder: Principal = { name: "token", permissions: all };

export function may(principal: Principal, permission: Permission): boolean {
  return principal.permissions.has(permission);
}
