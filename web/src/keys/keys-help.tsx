import { useState } from "react";
import { Button, Key } from "../parts/button.tsx";
import { Modal } from "../parts/modal.tsx";
import { keysSetting } from "../settings/keys.ts";
import { useSetting } from "../settings/setting.ts";
import { type KeyCommand, keyTable, shownKey } from "./key-table.ts";
import "./keys-help.css";

/** All keys, to be looked through; and whether they do anything. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const [sought, setSought] = useState("");
  const [areOn, setOn] = useSetting(keysSetting);
  const groups = [...Map.groupBy(found(sought), ({ group }) => group)];
  return (
    <Modal label="Keys" className="keys-help" onClose={onClose}>
      <div className="keys-help-head">
        <input
          type="text"
          aria-label="Find a key"
          placeholder="Find a key"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <Button kind="quiet" onClick={onClose}>
          Close <Key>Esc</Key>
        </Button>
      </div>
      <div className="keys-help-groups" tabIndex={0}>
        {groups.map(([group, rows]) => (
          <section key={group}>
            <h2>{group}</h2>
            <dl>
              {rows.map((row) => (
                <KeyRow key={row.name} {...row} />
              ))}
            </dl>
          </section>
        ))}
        {groups.length === 0 ? <p className="keys-help-none">No key does that.</p> : undefined}
      </div>
      <label className="keys-help-switch">
        <input type="checkbox" checked={areOn} onChange={(event) => setOn(event.target.checked)} />
        <span>Single keys do something. {shownKey("Mod+k")} and Esc always do.</span>
      </label>
    </Modal>
  );
}

function KeyRow({ words, keys }: KeyCommand) {
  return (
    <div className="keys-help-row">
      <dt>{words}</dt>
      <dd>
        {keys.map((one) => (
          <Key key={one}>{shownKey(one)}</Key>
        ))}
      </dd>
    </div>
  );
}

function found(sought: string): readonly KeyCommand[] {
  const all: readonly KeyCommand[] = keyTable;
  const wanted = sought.trim().toLowerCase();
  const isFound = ({ words, keys }: KeyCommand) => keys.includes(wanted) || words.toLowerCase().includes(wanted);
  return all.filter((row) => row.keys.length > 0 && (wanted === "" || isFound(row)));
}
