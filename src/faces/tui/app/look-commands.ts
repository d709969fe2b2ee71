import { emptyField, fieldOf } from "../text-field.ts";
import { tuiThemes } from "../paint/painter.ts";
import { clearChannel, undo } from "./clear.ts";
import type { Command } from "./command.ts";
import { move, scrollDetail, toEnd, togglePause, toStart } from "./move.ts";
import type { App } from "./state.ts";
import { type Screen, screenNames, screens } from "./ui.ts";
import { listHeight } from "./view.ts";

const page = (app: App) => Math.max(1, listHeight(app.screenful()) - 1);

export const moveCommands: readonly Command[] = [
  { id: "up", keys: ["up", "k"], group: "Move", title: "one row up", run: (app) => move(app, -1) },
  { id: "down", keys: ["down", "j"], group: "Move", title: "one row down", run: (app) => move(app, 1) },
  {
    id: "page-up",
    keys: ["pageup", "ctrl+b"],
    group: "Move",
    title: "one page up",
    run: (app) => move(app, -page(app)),
  },
  {
    id: "page-down",
    keys: ["pagedown", "ctrl+f"],
    group: "Move",
    title: "one page down",
    run: (app) => move(app, page(app)),
  },
  { id: "first", keys: ["g", "home"], group: "Move", title: "to the first row", run: toStart },
  { id: "last", keys: ["G", "end"], group: "Move", title: "to the newest, and on with it", run: toEnd },
  {
    id: "scroll-up",
    keys: ["K", "ctrl+u"],
    group: "Move",
    title: "the message's text up",
    run: (app) => scrollDetail(app, -5),
  },
  {
    id: "scroll-down",
    keys: ["J", "ctrl+d"],
    group: "Move",
    title: "the message's text down",
    run: (app) => scrollDetail(app, 5),
  },
  { id: "pane", keys: ["tab"], group: "Move", title: "to the next pane", run: (app) => changePane(app, 1) },
  {
    id: "pane-back",
    keys: ["shift+tab"],
    group: "Move",
    title: "to the pane before",
    run: (app) => changePane(app, -1),
  },
  { id: "left", keys: ["left", "h"], group: "Move", title: "to the side bar", run: (app) => showSide(app) },
  {
    id: "right",
    keys: ["right", "l"],
    group: "Move",
    title: "back to the list",
    run: (app) => app.change({ pane: "list" }),
  },
];

export const lookCommands: readonly Command[] = [
  {
    id: "open",
    keys: ["enter"],
    group: "Look",
    title: "open the message, the channel or the need",
    short: "open",
    on: ["feed", "wire", "needs"],
    run: open,
  },
  { id: "close", keys: ["esc"], group: "Look", title: "close, or one step back", run: close },
  {
    id: "filter",
    keys: ["/"],
    group: "Look",
    title: "show only what fits: words, from:, to:, type:, is:",
    short: "filter",
    on: ["feed", "wire"],
    run: beginFilter,
  },
  {
    id: "pause",
    keys: [" "],
    group: "Look",
    title: "pause, or go on with the newest",
    short: "pause",
    on: ["feed", "wire"],
    whyNot: notHere,
    run: togglePause,
  },
  {
    id: "raw",
    keys: ["R"],
    group: "Look",
    title: "the message as a tree, or as it was sent",
    run: (app) => app.change({ isRaw: !app.ui().isRaw, detailTop: 0 }),
  },
  { id: "side", keys: ["b"], group: "Look", title: "show or hide the side bar", run: toggleSide },
  {
    id: "theme",
    keys: ["t"],
    group: "Look",
    title: "the next theme: ink, paper, the terminal's own colours",
    run: nextTheme,
  },
];

export const programCommands: readonly Command[] = [
  ...screens.map((screen, index) => ({
    id: screen,
    keys: [`${index + 1}`],
    group: "Go to" as const,
    title: screenNames[screen],
    run: (app: App) => goToScreen(app, screen),
  })),
  {
    id: "palette",
    keys: [":", "ctrl+p"],
    group: "Go to",
    title: "a channel, an agent or a command, by its name",
    short: "go",
    run: (app) => app.change({ mode: { kind: "palette", field: emptyField, at: 0 } }),
  },
  {
    id: "clear",
    keys: ["C"],
    group: "Program",
    title: "delete the messages of the channel, for everybody",
    whyNot: (app) => (app.ui().place.channel === undefined ? "Choose a channel first." : undefined),
    run: clearChannel,
  },
  {
    id: "undo",
    keys: ["u"],
    group: "Program",
    title: "take back what the line at the bottom offers",
    whyNot: (app) => (app.ui().notice?.undo === undefined ? "There is nothing to take back." : undefined),
    run: undo,
  },
  {
    id: "refresh",
    keys: ["ctrl+l"],
    group: "Program",
    title: "draw the screen anew",
    run: (app) => app.terminal.redraw(),
  },
  {
    id: "help",
    keys: ["?"],
    group: "Program",
    title: "these keys; type to look for one",
    short: "keys",
    run: (app) => app.change({ mode: { kind: "help", field: emptyField, top: 0 } }),
  },
  {
    id: "suspend",
    keys: ["ctrl+z"],
    group: "Program",
    title: "back to the shell; fg takes it up again",
    run: (app) => app.terminal.suspend(),
  },
  {
    id: "quit",
    keys: ["q", "ctrl+c"],
    group: "Program",
    title: "quit",
    short: "quit",
    run: (app) => app.terminal.quit(),
  },
];

function notHere(app: App): string | undefined {
  const { screen } = app.ui();
  return screen === "feed" || screen === "wire" ? undefined : "Only the feed and the wire can be paused.";
}

function changePane(app: App, step: number): void {
  const { ui, layout } = app.screenful();
  const panes = [
    ...(layout.side > 0 ? ["side" as const] : []),
    "list" as const,
    ...(layout.detail === undefined || layout.detail.place === "over" ? [] : ["detail" as const]),
  ];
  const at = Math.max(0, panes.indexOf(ui.pane));
  app.change({ pane: panes[(at + step + panes.length) % panes.length] ?? "list" });
}

function showSide(app: App): void {
  const { layout } = app.screenful();
  if (layout.side > 0) app.change({ pane: "side" });
  else if (layout.kind === "narrow") app.change({ isSideHidden: false, pane: "side" });
}

function toggleSide(app: App): void {
  const { layout } = app.screenful();
  if (layout.kind === "lines") return app.say("There is no room for the side bar: press : and type a name.", "warn");
  app.change({ isSideHidden: layout.side > 0, pane: layout.side > 0 ? "list" : "side" });
}

function nextTheme(app: App): void {
  const { theme } = app.ui();
  const next = tuiThemes[(tuiThemes.indexOf(theme) + 1) % tuiThemes.length] ?? theme;
  app.change({ theme: next });
  app.say(`Theme: ${next === "terminal" ? "the terminal's own colours" : next}`);
}

function open(app: App): void {
  const { ui, selected, layout } = app.screenful();
  if (ui.pane === "side") return app.change({ pane: "list", screen: ui.screen === "wire" ? "wire" : "feed" });
  if (ui.screen === "needs" && selected !== undefined && "need" in selected) {
    const { channel, id } = selected.need;
    app.goTo({ channel, query: "" }, id);
    const cursors = { ...app.ui().cursors, feed: { key: id, top: undefined } };
    return app.change({ screen: "feed", cursors, isDetailOpen: true });
  }
  if (layout.detail === undefined && selected !== undefined) app.change({ isDetailOpen: true, detailTop: 0 });
  else if (layout.detail !== undefined && layout.detail.place !== "over") app.change({ pane: "detail" });
}

/** From the inside out: what was opened last goes first. */
function close(app: App): void {
  const { ui, layout } = app.screenful();
  if (ui.notice !== undefined) return app.change({ notice: undefined });
  if (ui.pane !== "list") return app.change({ pane: "list" });
  if (layout.detail !== undefined && (layout.detail.place === "over" || ui.isDetailOpen === true)) {
    return app.change({ isDetailOpen: layout.detail.place === "over" ? undefined : false });
  }
  if (ui.thread !== undefined) return app.change({ thread: undefined });
  if (ui.place.query !== "") return app.goTo({ ...ui.place, query: "" });
  if (layout.detail !== undefined) return app.change({ isDetailOpen: false });
  if (ui.marked.size > 0) app.change({ marked: new Set() });
}

function beginFilter(app: App): void {
  const { ui } = app.screenful();
  const screen: Screen = ui.screen === "wire" ? "wire" : "feed";
  app.change({ screen, pane: "list", mode: { kind: "filter", field: fieldOf(ui.place.query) } });
}

export function goToScreen(app: App, screen: Screen): void {
  app.change({ screen, pane: "list", detailTop: 0, isDetailOpen: undefined, thread: undefined });
  if (screen === "health") app.refreshHealth();
  if (screen === "needs") app.refreshNeeds();
}
