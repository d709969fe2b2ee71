import { useQuery } from "@tanstack/react-query";
import { visible } from "../../../src/core/visible.ts";
import { client } from "../bridge/bridge.tsx";
import { Button } from "../parts/button.tsx";
import { useSearchParam } from "../use-search-param.ts";
import "./inspector.css";

/** One message in full, and how it fared. */
export function Inspector({ id }: { readonly id: string }) {
  const [, select] = useSearchParam("sel");
  const { data, error } = useQuery({ queryKey: ["message", id], queryFn: ({ signal }) => client.find(id, { signal }) });
  return (
    <aside className="inspector" aria-label="Message details">
      <div className="shell-bar">
        <h2>{data === undefined ? "Message" : `From ${visible(data.sender)}`}</h2>
        <Button kind="quiet" className="shell-bar-rest" aria-label="Close details" onClick={() => select(undefined)}>
          Esc
        </Button>
      </div>
      {error === null ? undefined : <p role="alert">{error.message}</p>}
      {data === undefined ? undefined : <pre tabIndex={0}>{visible(data.content)}</pre>}
    </aside>
  );
}
