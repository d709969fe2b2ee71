import type { ReactNode } from "react";
import { Inspector } from "../inspector/inspector.tsx";
import { useSearchParam } from "../use-search-param.ts";
import { ConnectionBar } from "./connection-bar.tsx";
import { Foot } from "./foot.tsx";
import { Head } from "./head.tsx";
import { Overlays } from "./overlays.tsx";
import { Rail } from "./rail.tsx";
import { ShellCommands } from "./shell-commands.tsx";
import { Tabs } from "./tabs.tsx";
import "./shell.css";

/** What stands around every screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [selected] = useSearchParam("sel");
  return (
    <div className="shell" data-details={selected !== undefined}>
      <Head />
      <Rail />
      <main className="shell-main">
        <ConnectionBar />
        {children}
      </main>
      {selected === undefined ? undefined : <Inspector id={selected} />}
      <Foot />
      <Tabs />
      <ShellCommands />
      <Overlays />
    </div>
  );
}
