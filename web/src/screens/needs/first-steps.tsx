import type { ReactNode } from "react";
import { anyPerson } from "../../../../src/core/agent-name.ts";
import { useLiveState } from "../../bridge/bridge.tsx";
import { useMay } from "../../bridge/rights.ts";
import { CopyLine } from "../../parts/copy-line.tsx";
import { JoinCode } from "../connect/join-code.tsx";
import { installLine } from "../connect/lines.ts";
import { useMachines } from "../machines/use-machines.ts";
import "./first-steps.css";
import { TestMessage } from "./test-message.tsx";

/** What is to be done before agents can talk. Each step ticks when it is seen to be done. */
export function FirstSteps() {
  const isLive = useLiveState(({ connection }) => connection.kind === "live");
  const hasAgent = useLiveState((state) => [...state.agents.keys()].some((name) => name !== anyPerson));
  const machines = useMachines();
  const mayInvite = useMay("admin");
  // Which of them is the bridge's own nobody says; of two, one is another.
  const hasOther = machines.length > 1;
  return (
    <ol className="first-steps" aria-label="First steps">
      <Step title="This bridge is running" isDone={isLive}>
        <p>
          At <code>{location.origin}</code>.
        </p>
        <TestMessage />
      </Step>
      <Step title="Connect Claude Code on this machine" isDone={hasAgent}>
        <p>Paste this into a terminal here. It shows what it would change, and asks first.</p>
        <CopyLine text={installLine} label="the line that connects Claude Code" />
        <p>Then open Claude Code: this ticks when it is there.</p>
      </Step>
      <Step title="Connect another machine" isDone={hasOther}>
        {mayInvite ? <JoinCode /> : <p>An administrator of this bridge can make a join code.</p>}
      </Step>
    </ol>
  );
}

interface StepProps {
  readonly title: string;
  readonly isDone: boolean;
  readonly children: ReactNode;
}

function Step({ title, isDone, children }: StepProps) {
  return (
    <li className="first-step" data-done={isDone}>
      <span className="first-step-tick" aria-hidden="true">
        {isDone ? "✓" : ""}
      </span>
      <div className="first-step-body">
        <h2>
          {title}
          <span className="hidden-but-read"> ({isDone ? "done" : "to do"})</span>
        </h2>
        {children}
      </div>
    </li>
  );
}
