import { Command } from "cmdk";
import { useState } from "react";
import { useLocation } from "wouter";
import { fitting } from "../../../src/view/fuzzy.ts";
import { shownKey } from "../keys/key-table.ts";
import { Key } from "../parts/button.tsx";
import { Modal } from "../parts/modal.tsx";
import { paths } from "../routes.ts";
import { type Entry, useEntries } from "./entries.ts";
import "./palette.css";
import { useFound } from "./use-found.ts";

/** Of each kind; who does not find it there types on. */
const mostShown = 8;

/** Everything that can be gone to or done, by a few letters of it. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [, go] = useLocation();
  const entries = useEntries();
  const found = useFound(typed);
  const fit = (all: readonly Entry[]) => fitting(all, typed, ({ words }) => words, mostShown);
  const searching: Entry = {
    key: "search",
    words: `All messages with “${typed.trim()}”`,
    keys: [],
    run: () => go(`${paths.all}?${new URLSearchParams({ q: typed.trim() })}`),
  };

  function pick({ run }: Entry) {
    onClose();
    // The focus is back where it was by then, and may go on from there.
    requestAnimationFrame(run);
  }

  return (
    <Modal label="Commands" className="palette" onClose={onClose}>
      <Command label="Commands" shouldFilter={false} loop>
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="Go to a channel, an agent or a screen, do something, find a message"
        />
        <Command.List className="palette-list" label="What fits">
          <Group heading="Channels" entries={fit(entries.channels)} onPick={pick} />
          <Group heading="Commands" entries={fit(entries.commands)} onPick={pick} />
          <Group heading="Agents" entries={fit(entries.agents)} onPick={pick} />
          <Group heading="Messages" entries={typed.trim() === "" ? [] : [searching, ...found]} onPick={pick} />
        </Command.List>
      </Command>
    </Modal>
  );
}

interface GroupProps {
  readonly heading: string;
  readonly entries: readonly Entry[];
  readonly onPick: (entry: Entry) => void;
}

function Group({ heading, entries, onPick }: GroupProps) {
  if (entries.length === 0) return undefined;
  return (
    <Command.Group heading={heading}>
      {entries.map((entry) => (
        <Command.Item key={entry.key} value={entry.key} onSelect={() => onPick(entry)}>
          <bdi className="palette-words">{entry.words}</bdi>
          {entry.keys.map((one) => (
            <Key key={one}>{shownKey(one)}</Key>
          ))}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
