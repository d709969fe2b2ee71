import { useQuery } from "@tanstack/react-query";
import { Redirect } from "wouter";
import { client } from "../../bridge/bridge.tsx";
import { paths } from "../../routes.ts";

/** The address of a message: opens its channel where it stands. */
export function MessageScreen({ id }: { readonly id: string }) {
  const { data, error } = useQuery({ queryKey: ["message", id], queryFn: ({ signal }) => client.find(id, { signal }) });
  if (data !== undefined) {
    const where = new URLSearchParams({ at: data.id, sel: data.id });
    return <Redirect to={`${paths.channel(data.channel)}?${where}`} replace />;
  }
  return error === null ? undefined : <p role="alert">{error.message}</p>;
}
