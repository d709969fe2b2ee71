import "./rail.css";
import { RailContent } from "./rail-content.tsx";

/** Channels by project, and who is there: beside every screen where there is room. */
export function Rail() {
  return (
    <nav className="rail" aria-label="Channels and agents">
      <RailContent />
    </nav>
  );
}
