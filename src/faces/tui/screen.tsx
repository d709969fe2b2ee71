import { Box, type SuspendTerminal, Text, useApp, useCursor, useInput, usePaste } from "ink";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { candidatesFor } from "./app/palette.ts";
import { commands } from "./app/commands.ts";
import type { RunningApp } from "./app/create-app.ts";
import { keyNames } from "./app/key-name.ts";
import { paste, press } from "./app/press.ts";
import { frameOf } from "./frame/frame.ts";
import { createPainter } from "./paint/painter.ts";

export interface ScreenProps {
  readonly app: RunningApp;
  /** Is told how to let somebody else have the terminal. */
  readonly ready: (suspendTerminal: SuspendTerminal) => void;
}

/** Draws the app, and gives it what is typed. */
export function Screen({ app, ready }: ScreenProps) {
  const { suspendTerminal } = useApp();
  useEffect(() => {
    ready(suspendTerminal);
  }, [ready, suspendTerminal]);
  const view = useSyncExternalStore(app.subscribe, app.screenful);
  const { setCursorPosition } = useCursor();
  const { colours } = app.settings;
  const paint = useMemo(() => createPainter(view.ui.theme, colours), [view.ui.theme, colours]);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) press(app, name);
  });
  usePaste((text) => paste(app, text));
  const { mode } = view.ui;
  const found = mode.kind === "palette" ? candidatesFor(app, mode.field.text, commands) : [];
  const { lines, cursor } = frameOf(view, found);
  setCursorPosition(cursor);
  return (
    <Box flexDirection="column" width={view.columns} height={view.rows} overflow="hidden">
      {lines.slice(0, view.rows).map((line, row) => (
        <Text key={row} wrap="truncate">
          {paint(line, view.columns)}
        </Text>
      ))}
    </Box>
  );
}
