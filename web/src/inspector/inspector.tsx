import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef } from "react";
import { BridgeError } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import { saidOf } from "../../../src/view/wire/spoken.ts";
import { client } from "../bridge/bridge.tsx";
import { useCommand } from "../keys/use-command.ts";
import { Button, Key } from "../parts/button.tsx";
import { useSearchParam } from "../use-search-param.ts";
import { useMessagesShown } from "../views/shown-list.ts";
import { Actions } from "./actions.tsx";
import { Artifacts } from "./artifacts.tsx";
import { Body } from "./body.tsx";
import { Delivery } from "./delivery.tsx";
import { Facts } from "./facts.tsx";
import "./inspector.css";

/** One message in full, and how it fared. */
export function Inspector({ id }: { readonly id: string }) {
  const [, select] = useSearchParam("sel");
  const panel = useRef<HTMLElement>(null);
  const { data, error } = useQuery({
    queryKey: ["message", id],
    queryFn: ({ signal }) => client.find(id, { signal }),
    // What was said does not change; how far it got is told by the stream.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const close = () => select(undefined);
  useCommand("close", close);
  useFocusInside(panel);
  const said = data && saidOf(data);
  const type = said?.type === undefined || said.type === "message" ? "Message" : capital(visible(said.type));
  return (
    <aside ref={panel} className="inspector" aria-label="Message details" tabIndex={-1}>
      <div className="shell-bar inspector-bar">
        <h2>{data === undefined ? "Message" : <bdi>{`${type} from ${onLine(data.sender)}`}</bdi>}</h2>
        <Neighbours id={id} />
        <Button kind="quiet" onClick={close}>
          Close <Key>Esc</Key>
        </Button>
      </div>
      {error === null ? undefined : <Missing error={error} />}
      {data === undefined || said === undefined ? undefined : (
        <div key={id} className="inspector-parts">
          <Actions message={data} />
          <Facts message={data} said={said} />
          <Delivery message={data} said={said} />
          <Body message={data} said={said} />
          <Artifacts artifacts={said.artifacts} />
        </div>
      )}
    </aside>
  );
}

const onLine = (text: string) => visible(text, { keepsLines: false });
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function Missing({ error }: { readonly error: Error }) {
  const isGone = error instanceof BridgeError && (error.code === "not_found" || error.code === "invalid_input");
  return (
    <p role="alert" className="inspector-missing">
      {isGone ? "This message is not here any more: its channel was cleared, or it was deleted by age." : error.message}
    </p>
  );
}

/** Goes along the list that is beside it. */
function Neighbours({ id }: { readonly id: string }) {
  const [, select] = useSearchParam("sel");
  const messages = useMessagesShown();
  const at = messages.findIndex(({ key }) => key === id);
  const [before, after] = at < 0 ? [] : [messages[at - 1]?.key, messages[at + 1]?.key];
  const go = (key: string | undefined) => {
    if (key !== undefined) select(key, { replace: true });
  };
  useCommand("previous", () => go(before));
  useCommand("next", () => go(after));
  return (
    <span className="inspector-neighbours">
      <Button
        kind="quiet"
        aria-label="Previous message"
        aria-disabled={before === undefined}
        onClick={() => go(before)}
      >
        ↑
      </Button>
      <Button kind="quiet" aria-label="Next message" aria-disabled={after === undefined} onClick={() => go(after)}>
        ↓
      </Button>
    </span>
  );
}

/** Takes the focus when it opens, and gives it back when it closes. */
function useFocusInside(panel: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    const { current } = panel;
    current?.focus({ preventScroll: true });
    return () => {
      const isLost = document.activeElement === document.body || current?.contains(document.activeElement) === true;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [panel]);
}
