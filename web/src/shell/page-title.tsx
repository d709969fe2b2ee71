import { useEffect, useState } from "react";
import { usePathname } from "wouter/use-browser-location";
import { visible } from "../../../src/core/visible.ts";
import { useLive } from "../bridge/bridge.tsx";
import { useNeedsCount } from "../needs/use-needs.ts";
import { nameIn, paths } from "../routes.ts";

/** In the browser's tab: where one is, and whether there is something to look at. */
export function PageTitle() {
  const path = usePathname();
  const needs = useNeedsCount();
  const isUnread = useIsUnread();
  useEffect(() => {
    document.title = `${needs > 0 ? `(${needs}) ` : ""}${nameOf(path)} · ${location.host}`;
  }, [needs, path]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>("link[rel='icon']");
    icon?.setAttribute("href", needs > 0 || isUnread ? "/icon-dot.svg" : "/icon.svg");
  }, [needs, isUnread]);
  return undefined;
}

const names: Readonly<Record<string, string>> = {
  [paths.needs]: "Needs you",
  [paths.all]: "All messages",
  [paths.machines]: "Machines",
  [paths.connect]: "Connect a machine",
  [paths.health]: "Health",
  [paths.settings]: "Settings",
};

function nameOf(path: string): string {
  return /^\/[ct]\//.test(path) ? visible(nameIn(path)) : (names[path] ?? "Claude Bridge");
}

/** Whether messages came while nobody looked at the page. */
function useIsUnread(): boolean {
  const live = useLive();
  const [isUnread, set] = useState(false);
  useEffect(() => {
    const unfollow = live.follow((entries) => {
      if (document.hidden && entries.some(({ kind }) => kind === "message")) set(true);
    });
    const onChange = () => {
      if (!document.hidden) set(false);
    };
    document.addEventListener("visibilitychange", onChange);
    return () => {
      unfollow();
      document.removeEventListener("visibilitychange", onChange);
    };
  }, [live]);
  return isUnread;
}
