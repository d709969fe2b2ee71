import type { Command } from "./command.ts";
import { perform } from "./command.ts";
import { compose, toAgent } from "./compose.ts";
import { goToScreen } from "./look-commands.ts";
import type { App } from "./state.ts";
import { browse } from "./ui.ts";

/** Something that the palette finds. */
export interface Candidate {
  readonly kind: "channel" | "agent" | "command";
  /** As it was given: shown only when made safe. */
  readonly name: string;
  readonly note: string;
  readonly choose: (app: App) => void;
}

/** As many as are looked at: a list of thousands has to be narrowed by typing. */
const mostFound = 50;

/** What fits what was typed, the best first. */
export function candidatesFor(app: App, text: string, commands: readonly Command[]): readonly Candidate[] {
  const scored = allOf(app, commands).flatMap((candidate) => {
    const score = scoreOf(candidate.name.toLowerCase(), text.trim().toLowerCase());
    return score === undefined ? [] : [{ candidate, score }];
  });
  return scored
    .toSorted((a, b) => a.score - b.score)
    .slice(0, mostFound)
    .map(({ candidate }) => candidate);
}

function allOf({ live, ui }: App, commands: readonly Command[]): readonly Candidate[] {
  const { channels, agents } = live.snapshot();
  const current = ui().place;
  return [
    ...[...(channels?.values() ?? [])].map(({ name, messages }): Candidate => ({
      kind: "channel",
      name,
      note: `${messages} messages`,
      choose(app) {
        goToScreen(app, app.ui().screen === "wire" ? "wire" : "feed");
        app.goTo({ ...current, channel: name });
      },
    })),
    ...[...agents.values()].map(({ name, reach }): Candidate => ({
      kind: "agent",
      name,
      note: `write to it, ${reach}`,
      choose: (app) => compose(app, toAgent(name)),
    })),
    ...commands.map((command): Candidate => ({
      kind: "command",
      name: command.title,
      note: "",
      choose: (app) => perform(app, command),
    })),
  ];
}

/** Lower is better; undefined: its letters are not in this order in the name. Neighbours and beginnings count most. */
export function scoreOf(name: string, wanted: string): number | undefined {
  if (wanted === "") return 0;
  const whole = name.indexOf(wanted);
  if (whole >= 0) return whole === 0 || /[^\p{L}\p{N}]/u.test(name[whole - 1] ?? "") ? whole / 100 : 1 + whole / 100;
  let [at, score] = [0, 2];
  for (const letter of wanted) {
    const found = name.indexOf(letter, at);
    if (found < 0) return undefined;
    score += found - at;
    at = found + letter.length;
  }
  return score + name.length / 100;
}

export function chooseCandidate(app: App, candidate: Candidate | undefined): void {
  app.change({ mode: browse });
  candidate?.choose(app);
}
