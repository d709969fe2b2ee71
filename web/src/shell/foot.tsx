import { useLiveState } from "../bridge/bridge.tsx";
import { commands } from "../keys/commands.ts";
import "./foot.css";

/** Figures in small, for whoever wants them. */
export function Foot() {
  const lastSeq = useLiveState((state) => state.lastSeq);
  const perMinute = useLiveState((state) => state.perMinute);
  return (
    <footer className="foot">
      {lastSeq === 0 ? undefined : <span>seq {lastSeq}</span>}
      <span>{perMinute} msg/min</span>
      <button type="button" className="foot-keys" onClick={() => commands.run("help")}>
        ? shortcuts
      </button>
    </footer>
  );
}
