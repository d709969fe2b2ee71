import { useQuery } from "@tanstack/react-query";
import type { Permission } from "../../../src/core/principal.ts";
import { client, useSession } from "./bridge.tsx";

/** Who the bridge takes this page for, and what that may do. */
export const useWhoAmI = () =>
  useQuery({ queryKey: ["whoami"], queryFn: ({ signal }) => client.whoAmI({ signal }), staleTime: 60_000 });

/** Whether the reader may do so in some channel. The bridge decides; this is for what to offer. */
export const useMay = (permission: Permission): boolean => useSession().permissions.includes(permission);
