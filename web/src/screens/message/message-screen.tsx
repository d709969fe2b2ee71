import { useQuery } from "@tanstack/react-query";
import { Link, Redirect } from "wouter";
import { BridgeError } from "../../../../src/client/index.ts";
import { client } from "../../bridge/bridge.tsx";
import { paths } from "../../routes.ts";
import "./message-screen.css";

/** The address of a message: opens its channel where it stands. */
export function MessageScreen({ id }: { readonly id: string }) {
  const { data, error } = useQuery({ queryKey: ["message", id], queryFn: ({ signal }) => client.find(id, { signal }) });
  if (data !== undefined) {
    const where = new URLSearchParams({ at: data.id, sel: data.id });
    return <Redirect to={`${paths.channel(data.channel)}?${where}`} replace />;
  }
  return error === null ? undefined : <NoMessage error={error} />;
}

function NoMessage({ error }: { readonly error: Error }) {
  const isGone = error instanceof BridgeError && (error.code === "not_found" || error.code === "invalid_input");
  return (
    <section className="message-screen" role="alert">
      <h1>{isGone ? "This message is not here" : "This message could not be read"}</h1>
      <p>
        {isGone
          ? "Its channel was cleared, it was deleted by age, or its address is of another bridge. A clear can be undone for ten minutes by whoever made it."
          : error.message}
      </p>
      <Link href={paths.all}>All messages</Link>
    </section>
  );
}
