import { useState } from "react";
import { Link } from "wouter";
import { useLiveState } from "../bridge/bridge.tsx";
import { commands } from "../keys/commands.ts";
import { shownKey } from "../keys/key-table.ts";
import { Button, Key } from "../parts/button.tsx";
import { Logo } from "../parts/logo.tsx";
import { paths } from "../routes.ts";
import { SearchBox } from "../search/search-box.tsx";
import { useQueryText } from "../search/use-query.ts";
import { Account } from "./account.tsx";
import "./head.css";
import { LiveState } from "./live-state.tsx";

/** Where one is, what is looked for, and whether what one sees is now. */
export function Head() {
  const connection = useLiveState((state) => state.connection);
  const [query] = useQueryText();
  const [isSearching, setSearching] = useState(false);
  return (
    <header className="head" data-searching={isSearching}>
      <Link href={paths.needs} className="head-brand">
        <Logo /> Bridge
      </Link>
      <span className="head-host">{location.host}</span>
      <div className="head-search">
        <SearchBox onFocus={() => setSearching(true)} onLeave={() => setSearching(false)} />
      </div>
      <LiveState connection={connection} />
      <Button kind="quiet" className="head-cancel" onClick={() => setSearching(false)}>
        Close
      </Button>
      <Button
        kind="quiet"
        className="head-find"
        aria-label={query === "" ? "Search" : "Search, with a filter"}
        data-filtered={query !== ""}
        onClick={() => commands.run("search")}
      >
        <SearchIcon />
      </Button>
      <Button kind="quiet" className="head-commands" onClick={() => commands.run("palette")}>
        Commands <Key>{shownKey("Mod+k")}</Key>
      </Button>
      <Link href={paths.connect} className="button button-primary head-connect">
        Connect a machine
      </Link>
      <Account />
    </header>
  );
}

function SearchIcon() {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 18 18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      <circle cx="8" cy="8" r="5.5" />
      <path d="m12 12 4.5 4.5" />
    </svg>
  );
}
