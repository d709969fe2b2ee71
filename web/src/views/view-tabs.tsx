import { useCommand } from "../keys/use-command.ts";
import { useSearchParam } from "../use-search-param.ts";
import { type View, views } from "./views.ts";
import "./view-tabs.css";

const names: Readonly<Record<View, string>> = { feed: "Feed", wire: "Wire", threads: "Threads" };

/** Chooses how the messages of this screen are looked at. */
export function ViewTabs() {
  const [view, setView] = useView();
  useCommand("view-feed", () => setView("feed"));
  useCommand("view-wire", () => setView("wire"));
  useCommand("view-threads", () => setView("threads"));
  return (
    <fieldset className="view-tabs" aria-label="View">
      {views.map((one) => (
        <button key={one} type="button" aria-pressed={one === view} onClick={() => setView(one)}>
          {names[one]}
        </button>
      ))}
    </fieldset>
  );
}

/** The view that the address names. */
export function useView(): readonly [View, (view: View) => void] {
  const [named, setNamed] = useSearchParam("view");
  const view = views.find((one) => one === named) ?? "feed";
  return [view, (next) => setNamed(next === "feed" ? undefined : next)];
}
