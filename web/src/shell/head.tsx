import { Link } from "wouter";
import { useLiveState } from "../bridge/bridge.tsx";
import { Button, Key } from "../parts/button.tsx";
import { Logo } from "../parts/logo.tsx";
import { paths } from "../routes.ts";
import { Account } from "./account.tsx";
import "./head.css";
import { LiveState } from "./live-state.tsx";

/** Where one is, what is looked for, and whether what one sees is now. */
export function Head() {
  const connection = useLiveState((state) => state.connection);
  return (
    <header className="head">
      <Link href={paths.needs} className="head-brand">
        <Logo /> Bridge
      </Link>
      <span className="head-host">{location.host}</span>
      <span className="head-search" />
      <LiveState connection={connection} />
      <Account />
      <Button kind="quiet" className="head-commands">
        Commands <Key>⌘K</Key>
      </Button>
      <Link href={paths.connect} className="button button-primary head-connect">
        Connect a machine
      </Link>
    </header>
  );
}
