import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { systemTimer } from "../../../src/client/timer.ts";
import { useLive, useSession } from "../bridge/bridge.tsx";
import { useNeeds } from "../needs/use-needs.ts";
import { isSamePath } from "../routes.ts";
import { notificationsSetting } from "../settings/notifications.ts";
import { endOfTask, eventsOfNeeds } from "./event.ts";
import { takeCharge } from "./in-charge.ts";
import { createNotifier, type Notifier } from "./notifier.ts";
import { showTold } from "./show-told.ts";

/** Tells a reader who looks elsewhere of what is theirs to see, and never of what agents say to each other. */
export function NotificationWatch() {
  const live = useLive();
  const { who } = useSession();
  const [, go] = useLocation();
  const { data: needs } = useNeeds();
  const notifier = useRef<Notifier>(undefined);
  const known = useRef<ReadonlySet<string>>(undefined);
  const name = who?.name;

  useEffect(() => {
    const made = createNotifier({
      timer: systemTimer,
      isWanted: (kind) => notificationsSetting.get()[kind],
      isSeen: ({ seenAt }) => document.hasFocus() && seenAt.some((path) => isSamePath(path, location.pathname)),
      show: (told) => showTold(told, go),
    });
    notifier.current = made;
    const giveAway = takeCharge();
    return () => {
      made.close();
      giveAway();
    };
  }, [go]);

  useEffect(() => {
    const readers = new Set(name === undefined ? ["you"] : ["you", name]);
    const ownIds = new Set<string>();
    return live.follow((entries) => {
      for (const entry of entries) {
        if (entry.kind !== "message") continue;
        if (readers.has(entry.sender)) ownIds.add(entry.id);
        const end = endOfTask(entry, readers, ownIds);
        if (end !== undefined) notifier.current?.take([end]);
      }
    });
  }, [live, name]);

  useEffect(() => {
    if (needs === undefined) return;
    const events = eventsOfNeeds(needs);
    // What was there when the page came is on its first screen.
    const before = known.current ?? new Set(events.map(({ key }) => key));
    notifier.current?.take(events.filter(({ key }) => !before.has(key)));
    known.current = new Set([...before, ...events.map(({ key }) => key)]);
  }, [needs]);

  return undefined;
}
