import { useState } from "react";
import { Button } from "../../parts/button.tsx";
import { Section } from "../../parts/screen.tsx";
import { type Notifications, notificationsSetting } from "../../settings/notifications.ts";
import { useSetting } from "../../settings/setting.ts";
import { Toggle } from "./toggle.tsx";

const events: readonly (readonly [keyof Notifications, string])[] = [
  ["question", "An agent asks you something"],
  ["finished", "A task that you gave is finished, or failed"],
  ["held", "A message is held, or cannot be delivered"],
  ["loop", "Agents run in a loop, or flood a channel"],
];

/** Of what one is told while looking elsewhere. What agents say to each other is never among it. */
export function NotificationSettings() {
  const [chosen, setChosen] = useSetting(notificationsSetting);
  return (
    <Section title="Notifications" note="never for what agents say to each other">
      <Permission />
      {events.map(([name, words]) => (
        <Toggle key={name} isOn={chosen[name]} onChange={(isOn) => setChosen({ ...chosen, [name]: isOn })}>
          {words}
        </Toggle>
      ))}
      <Toggle isOn={chosen.sound} onChange={(sound) => setChosen({ ...chosen, sound })} note="once for each of these">
        With a sound
      </Toggle>
    </Section>
  );
}

type Allowed = NotificationPermission | "unavailable";

/** Pages may notify over https and on localhost only. */
const allowedNow = (): Allowed =>
  window.isSecureContext && "Notification" in window ? Notification.permission : "unavailable";

function Permission() {
  const [allowed, setAllowed] = useState(allowedNow);
  if (allowed === "granted") return undefined;
  if (allowed === "default") {
    const ask = () => void Notification.requestPermission().then(setAllowed);
    return (
      <p className="section-text">
        <Button onClick={ask}>Let this page notify you</Button>
      </p>
    );
  }
  return (
    <p className="section-text">
      {allowed === "denied"
        ? "This browser does not let the page notify you; its settings for this address can change that."
        : "Browsers let a page notify over https only: start the bridge with claude-bridge up --tls self-signed, or put tailscale serve in front."}{" "}
      Until then the count stands in the tab's title.
    </p>
  );
}
