import { systemClock } from "../../../core/clock.ts";
import { openCommand } from "../open.ts";
import { note, print } from "../output.ts";
import { qrCode } from "../qr.ts";
import { invite, type Invitation, type OwnRelay, type UpFacts } from "./facts.ts";
import type { Hotkey } from "./hotkeys.ts";

/** The part of the log that can be switched. */
export interface SwitchedLog {
  level: string;
}

/** What a person can do at the terminal of a relay. */
export function relayKeys(own: OwnRelay, facts: UpFacts, log: SwitchedLog): readonly Hotkey[] {
  const { addresses } = facts;
  const [off, on] = levels(log.level);
  let shown = facts.invitation;

  /** The one that was shown, or a fresh one when that has expired. */
  async function current(): Promise<Invitation | undefined> {
    if (shown === undefined || Date.parse(shown.expiresAt) > systemClock.now()) return shown;
    shown = await invite(own, addresses);
    if (shown !== undefined) print(`\n    ${shown.command}\n`);
    return shown;
  }

  const alone = "no other machine can come while the bridge listens on this one only";
  return [
    {
      key: "q",
      label: "QR",
      async press() {
        const [best] = addresses.remote;
        if (best === undefined) return note(alone);
        const { code } = await own.bridge.call("invite", { kind: "person" });
        const link = `${best.url}/#signin=${code}`;
        note(`\nA phone that opens this is signed in, once, within 10 minutes:\n${link}\n${await qrCode(link)}`);
      },
    },
    {
      key: "c",
      label: "copy",
      async press() {
        const invitation = await current();
        if (invitation === undefined) return note(alone);
        // The terminal puts it into the clipboard, also over SSH; whether it did, it does not say.
        process.stdout.write(`\u001b]52;c;${Buffer.from(invitation.command).toString("base64")}\u0007`);
        note("asked the terminal to copy the line for the next machine");
      },
    },
    { key: "d", label: "dashboard", press: () => openCommand(own.config, undefined) },
    {
      key: "l",
      label: "logs",
      press() {
        log.level = log.level === on ? off : on;
        note(log.level === on ? "log lines on" : "log lines off");
      },
    },
  ];
}

/** Without and with what is ordinary, whichever of the two it was started with. */
const levels = (level: string): readonly [string, string] =>
  ["trace", "debug", "info"].includes(level) ? ["warn", level] : [level, "info"];
