import { useSyncExternalStore } from "react";
import { Button } from "../parts/button.tsx";
import "./notice-stack.css";
import { notices } from "./notices.ts";

/** What there is to say beside what is shown. It is read out, and takes no focus. */
export function NoticeStack() {
  const all = useSyncExternalStore(notices.subscribe, notices.snapshot);
  return (
    <section className="notice-stack" aria-label="Notices" aria-live="polite">
      {all.map(({ key, text, action }) => (
        <div key={key} className="notice">
          <p>{text}</p>
          {action === undefined ? undefined : (
            <>
              <Button onClick={action.run}>{action.words}</Button>
              <Button kind="quiet" aria-label="Dismiss" onClick={() => notices.dismiss(key)}>
                ✕
              </Button>
            </>
          )}
        </div>
      ))}
    </section>
  );
}
