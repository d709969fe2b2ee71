import { Link } from "wouter";
import { useIsHere } from "../addresses.tsx";
import { paths } from "../routes.ts";
import "./tabs.css";

/** On a phone, instead of the rail. */
export function Tabs() {
  return (
    <nav className="tabs" aria-label="Sections">
      <Tab href={paths.needs}>Needs you</Tab>
      <Tab href={paths.all}>Feed</Tab>
      <Tab href={`${paths.all}?view=wire`}>Wire</Tab>
      <Tab href={paths.machines}>Machines</Tab>
    </nav>
  );
}

function Tab({ href, children }: { readonly href: string; readonly children: string }) {
  const isHere = useIsHere(href);
  return (
    <Link href={href} aria-current={isHere ? "page" : undefined}>
      {children}
    </Link>
  );
}
