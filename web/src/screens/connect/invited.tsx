import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import type { Invitation } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { client } from "../../bridge/bridge.tsx";
import { Button } from "../../parts/button.tsx";
import { CopyLine } from "../../parts/copy-line.tsx";
import { QrCode } from "../../parts/qr-code.tsx";
import { usePrincipals, whoKey } from "../machines/use-machines.ts";
import { addressesFor, isLoopback, joinLine, joinLink } from "./lines.ts";
import { useSecondsUntil } from "./use-seconds-until.ts";

interface Props {
  readonly invitation: Invitation;
  readonly kind: "machine" | "person";
  readonly onAgain: () => void;
}

/** Soon enough for somebody who looks from one screen to the other. Nobody is told of a join on the stream. */
const lookMs = 2_000;

/** A code that is out: how to use it, how long it works, and who came with it. */
export function Invited({ invitation, kind, onAgain }: Props) {
  const seconds = useSecondsUntil(invitation.expiresAt);
  const fate = useFate(invitation.id);
  if (fate?.state === "used") return <Joined id={fate.usedBy} onAgain={onAgain} />;
  if (seconds <= 0 || (fate !== undefined && fate.state !== "out")) {
    const why =
      fate?.state === "burnt" ? "Too many wrong codes were tried: this one is worthless." : "This code is over.";
    return (
      <div className="invited-end">
        <output>{why}</output>
        <Button onClick={onAgain}>Make another</Button>
      </div>
    );
  }
  return (
    <div className="invited">
      <p className="invited-code">
        <code>{invitation.code}</code>
        <span className="invited-time" role="timer">
          works once, for {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
        </span>
      </p>
      <WaysIn invitation={invitation} kind={kind} />
    </div>
  );
}

function WaysIn({ invitation: { code, fingerprint, words, urls }, kind }: Omit<Props, "onAgain">) {
  const addresses = addressesFor(location.origin, urls);
  const [chosen, setChosen] = useState(addresses[0] ?? location.origin);
  const id = useId();
  const text = kind === "machine" ? joinLine(chosen, code, fingerprint) : joinLink(chosen, code);
  return (
    <>
      {addresses.length < 2 ? undefined : (
        <p className="invited-address">
          <label htmlFor={id}>Bridge's address, as it is seen from there</label>
          <select id={id} value={chosen} onChange={(event) => setChosen(event.target.value)}>
            {addresses.map((address) => (
              <option key={address}>{address}</option>
            ))}
          </select>
        </p>
      )}
      {isLoopback(chosen) ? (
        <p className="invited-warning">
          This bridge listens on its own machine only, so no other one reaches this address. Let others in with{" "}
          <code>claude-bridge up --host 0.0.0.0</code>, or bring the port there yourself.
        </p>
      ) : undefined}
      <div className="invited-way">
        <QrCode text={text} label={kind === "machine" ? "The line as a QR code" : "The link as a QR code"} />
        <div className="invited-lines">
          <p>{kind === "machine" ? "Paste this into a terminal there:" : "Open this there, or scan it:"}</p>
          <CopyLine text={text} label={kind === "machine" ? "the line that joins" : "the link that signs in"} />
          {kind === "machine" ? (
            <p>
              It must show the same fingerprint: <code>{words}</code>
            </p>
          ) : undefined}
          <output>Waiting for it to come.</output>
        </div>
      </div>
    </>
  );
}

/** What became of the code; looked at until that is known. */
function useFate(id: string) {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ["invitation", id],
    queryFn: async ({ signal }) => (await client.invitations({ signal })).find((one) => one.id === id) ?? null,
    refetchInterval: ({ state }) => (state.data?.state === undefined || state.data.state === "out" ? lookMs : false),
  });
  const state = data?.state;
  useEffect(() => {
    if (state === "used") void queries.invalidateQueries({ queryKey: whoKey });
  }, [state, queries]);
  return data ?? undefined;
}

function Joined({ id, onAgain }: { readonly id: string | undefined; readonly onAgain: () => void }) {
  const who = usePrincipals()?.find((principal) => principal.id === id);
  return (
    <div className="invited-end">
      <output className="invited-joined">
        <span aria-hidden="true">✓</span> <bdi>{who === undefined ? "It" : visible(who.name)}</bdi> joined
        {who?.lastAddress === undefined ? "" : ` from ${visible(who.lastAddress)}`}.
      </output>
      <Button onClick={onAgain}>Make another</Button>
    </div>
  );
}
