import type { ReactNode } from "react";
import { Link } from "wouter";
import { usePathname } from "wouter/use-browser-location";
import { useNeedsCount } from "../needs/use-needs.ts";
import { paths } from "../routes.ts";
import { useSearchParam } from "../use-search-param.ts";
import "./tabs.css";

/** On a phone, instead of the rail. */
export function Tabs() {
  const [view] = useSearchParam("view");
  const path = usePathname();
  const needs = useNeedsCount();
  const isList = path === paths.all || path.startsWith("/c/");
  // A channel's wire is one's own; elsewhere it is the wire of all.
  const list = isList ? path : paths.all;
  return (
    <nav className="tabs" aria-label="Sections">
      <Tab href={paths.needs} isHere={path === paths.needs}>
        Needs you{needs === 0 ? "" : ` ${needs}`}
      </Tab>
      <Tab href={list} isHere={isList && view !== "wire"}>
        Feed
      </Tab>
      <Tab href={`${list}?view=wire`} isHere={isList && view === "wire"}>
        Wire
      </Tab>
      <Tab href={paths.machines} isHere={path === paths.machines}>
        Machines
      </Tab>
    </nav>
  );
}

interface TabProps {
  readonly href: string;
  readonly isHere: boolean;
  readonly children: ReactNode;
}

function Tab({ href, isHere, children }: TabProps) {
  return (
    <Link href={href} aria-current={isHere ? "page" : undefined}>
      {children}
    </Link>
  );
}
