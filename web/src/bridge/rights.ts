import { useQuery } from "@tanstack/react-query";
import type { Permission } from "../../../src/core/principal.ts";
import { client } from "./bridge.tsx";

/** Who the bridge takes this page for, and what that may do. */
export const useWhoAmI = () =>
  useQuery({ queryKey: ["whoami"], queryFn: ({ signal }) => client.whoAmI({ signal }), staleTime: 60_000 });

/** Whether the reader may do so somewhere; not while that is not known. */
export function useMay(permission: Permission): boolean {
  return useWhoAmI().data?.permissions.includes(permission) ?? false;
}
