import { type ReactNode, Suspense } from "react";
import { usePathname } from "wouter/use-browser-location";
import { deferred } from "../parts/deferred.ts";
import { useSearchParam } from "../use-search-param.ts";
import { NoticeStack } from "../notify/notice-stack.tsx";
import { NotificationWatch } from "../notify/notifications.tsx";
import { Announcer } from "./announcer.tsx";
import { ConnectionBar } from "./connection-bar.tsx";
import { ConnectionWatch } from "./connection-watch.tsx";
import { Foot } from "./foot.tsx";
import { Head } from "./head.tsx";
import { Overlays } from "./overlays.tsx";
import { PageTitle } from "./page-title.tsx";
import { Rail } from "./rail.tsx";
import { ScreenBoundary } from "./screen-boundary.tsx";
import { ShellCommands } from "./shell-commands.tsx";
import { Tabs } from "./tabs.tsx";
import "./shell.css";

const Inspector = deferred(async () => (await import("../inspector/inspector.tsx")).Inspector);

/** What stands around every screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [selected] = useSearchParam("sel");
  return (
    <div className="shell" data-details={selected !== undefined}>
      <Head />
      <Rail />
      <main className="shell-main">
        <ConnectionBar />
        <ScreenBoundary address={usePathname()}>
          <Suspense>{children}</Suspense>
        </ScreenBoundary>
      </main>
      <Suspense>{selected === undefined ? undefined : <Inspector id={selected} />}</Suspense>
      <Foot />
      <Tabs />
      <NoticeStack />
      <NotificationWatch />
      <Announcer />
      <ConnectionWatch />
      <PageTitle />
      <ShellCommands />
      <Overlays />
    </div>
  );
}
