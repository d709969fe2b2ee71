import { type ReactNode, useRef } from "react";
import { useLiveState } from "../../bridge/bridge.tsx";
import { useMay } from "../../bridge/rights.ts";
import { useNeeds } from "../../needs/use-needs.ts";
import { Screen, Section } from "../../parts/screen.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { LastMinutes } from "./last-minutes.tsx";
import { Loops } from "./loops.tsx";
import { NeedFolds } from "./need-fold.tsx";
import { ReleaseButton, TakeBackButton } from "./need-row.tsx";
import "./needs-screen.css";
import { QuestionRow } from "./question-row.tsx";
import { useIsFresh } from "./use-is-fresh.ts";

/** What waits for a person: what is empty is not there, and where there is nothing at all it says so. */
export function NeedsScreen() {
  const { data: needs, error } = useNeeds();
  const isFresh = useIsFresh();
  const mayRelease = useMay("admin");
  const heading = useRef<HTMLParagraphElement>(null);
  if (needs === undefined) {
    return (
      <Screen title="Needs you">
        <Trouble error={error} />
      </Screen>
    );
  }
  const { questions, unnoticed, failed, loops } = needs;
  const count = questions.length + unnoticed.length + failed.length + loops.length;
  // Whoever is at the keyboard goes on where the row was, and not at the top of the page.
  const stay = () => heading.current?.focus();
  return (
    <Screen title="Needs you" beside={count === 0 ? undefined : <span className="needs-count">{count}</span>}>
      <p ref={heading} className="hidden-but-read" tabIndex={-1}>
        {count === 0 ? "Nothing needs you" : `${count} ${count === 1 ? "thing needs" : "things need"} you`}
      </p>
      <Group title="Questions to you" rows={questions}>
        {/* The one that has waited longest first: what comes is added below, and moves nothing. */}
        {questions.toReversed().map((question) => (
          <QuestionRow key={question.id} question={question} onDone={stay} />
        ))}
      </Group>
      <Group title="Unread too long" note="for agents that are away" rows={unnoticed}>
        <NeedFolds needs={unnoticed} actionsOf={(need) => <TakeBackButton need={need} onDone={stay} />} />
      </Group>
      {/* Before what is held: to release a loop lets go of the cause. */}
      <Group title="Loops and floods" note="kept from waking each other" rows={loops}>
        <Loops loops={loops} mayRelease={mayRelease} onDone={stay} />
      </Group>
      <Group title="Held or failed" rows={failed}>
        <NeedFolds
          needs={failed}
          actionsOf={(need) =>
            need.receipt.state === "held" && mayRelease ? <ReleaseButton need={need} onDone={stay} /> : undefined
          }
        />
      </Group>
      {isFresh === true ? <FirstSteps /> : undefined}
      {count === 0 && isFresh === false ? (
        <>
          <NothingNeeded />
          <LastMinutes />
        </>
      ) : undefined}
    </Screen>
  );
}

interface GroupProps {
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly unknown[];
  readonly children: ReactNode;
}

function Group({ title, note, rows, children }: GroupProps) {
  if (rows.length === 0) return undefined;
  return (
    <Section title={title} note={note === undefined ? rows.length : `${rows.length}, ${note}`}>
      <ul className="needs-rows">{children}</ul>
    </Section>
  );
}

function NothingNeeded() {
  const agents = useLiveState((state) => state.agents);
  const working = [...agents.values()].filter(({ doing, reach }) => reach !== "away" && doing === "working").length;
  const here = [...agents.values()].filter(({ reach }) => reach !== "away").length;
  return (
    <div className="needs-nothing">
      <p className="needs-nothing-title">Nothing needs you.</p>
      <p>{atWork(working, here)} Questions to you, what is held and what nobody reads come here by themselves.</p>
    </div>
  );
}

function atWork(working: number, here: number): string {
  if (working > 0) return `${working} ${working === 1 ? "agent is" : "agents are"} working.`;
  return here === 0 ? "No agent is here just now." : `${here} ${here === 1 ? "agent is" : "agents are"} here and idle.`;
}
