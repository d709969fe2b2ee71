import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { visible } from "../../../../src/core/visible.ts";
import { client } from "../../bridge/bridge.tsx";
import { session } from "../../bridge/session.ts";
import { useWhoAmI } from "../../bridge/rights.ts";
import { Button } from "../../parts/button.tsx";
import { Facts, Screen, Section } from "../../parts/screen.tsx";
import { paths } from "../../routes.ts";
import { keysSetting } from "../../settings/keys.ts";
import { useSetting } from "../../settings/setting.ts";
import { type ThemeChoice, themeChoices, themeSetting } from "../../settings/theme.ts";
import { NotificationSettings } from "./notification-settings.tsx";
import { Toggle } from "./toggle.tsx";
import "./settings-screen.css";

/** What this browser remembers of its reader, and who that is to the bridge. */
export function SettingsScreen() {
  return (
    <Screen title="Settings">
      <You />
      <Appearance />
      <NotificationSettings />
      <Keyboard />
      <Messages />
    </Screen>
  );
}

function You() {
  const who = useWhoAmI().data;
  const { data: own } = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => client.session({ signal }) });
  // The page goes with the session: nothing of what was read stays in it.
  const leave = () => location.reload();
  const signOut = () => void session.signOut().then(leave, leave);
  if (who === undefined) return undefined;
  const isKnown = own?.isSignedIn === true;
  return (
    <Section title="You" actions={isKnown ? <Button onClick={signOut}>Sign out</Button> : undefined}>
      <Facts
        facts={[
          ["Name", who.isVerified ? visible(who.name) : "nobody in particular: this bridge asks nobody who they are"],
          ["Your messages are from", who.isVerified ? visible(who.name) : "you"],
          ["You may", who.permissions.join(", ")],
          ...(own?.expiresAt === undefined
            ? []
            : [["This browser is signed in until", whenOf(own.expiresAt)] as const]),
        ]}
      />
    </Section>
  );
}

const names: Readonly<Record<ThemeChoice, string>> = { auto: "As the system has it", ink: "Ink", paper: "Paper" };

function Appearance() {
  const [theme, setTheme] = useSetting(themeSetting);
  return (
    <Section title="Appearance">
      <fieldset className="settings-choices">
        <legend className="hidden-but-read">Theme</legend>
        {themeChoices.map((choice) => (
          <label key={choice}>
            <input type="radio" name="theme" checked={theme === choice} onChange={() => setTheme(choice)} />
            {names[choice]}
          </label>
        ))}
      </fieldset>
    </Section>
  );
}

function Keyboard() {
  const [isOn, setIsOn] = useSetting(keysSetting);
  return (
    <Section title="Keyboard">
      <Toggle isOn={isOn} onChange={setIsOn} note="? shows them. They do nothing while you type.">
        Single keys do something
      </Toggle>
    </Section>
  );
}

function Messages() {
  const { data } = useQuery({ queryKey: ["state"], queryFn: ({ signal }) => client.state({ signal }) });
  return (
    <Section title="Messages">
      <Facts
        facts={[
          [
            "Kept",
            data === undefined
              ? "…"
              : `${data.retentionDays === 0 ? "until a channel is cleared" : `${data.retentionDays} days`}. Set where the bridge is started, with --retention-days.`,
          ],
          [
            "Take them with you",
            <span key="export">
              Any list of messages has Export: <Link href={paths.all}>all of them</Link>, a channel, or what a filter
              finds.
            </span>,
          ],
        ]}
      />
    </Section>
  );
}

const when = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" });
const whenOf = (ms: number) => `${when.format(ms)}, or until it is unused for long`;
