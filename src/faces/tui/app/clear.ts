import { BridgeError } from "../../../client/index.ts";
import { shown } from "../text/shown.ts";
import type { App } from "./state.ts";
import { browse } from "./ui.ts";

/** Asks first: it is for everybody. */
export function clearChannel(app: App): void {
  const { channel } = app.ui().place;
  if (channel === undefined) return;
  const count = app.live.snapshot().channels?.get(channel)?.messages ?? 0;
  const question = `Delete ${count} messages of ${shown(channel)}, for everybody? y deletes, any other key keeps them`;
  app.change({ mode: { kind: "confirm", question, yes: () => void run(app, channel) } });
}

async function run(app: App, channel: string): Promise<void> {
  try {
    const { cleared, undo: token } = await app.client.clear(channel);
    if (token === undefined) return app.say("There was nothing to delete.");
    app.say(`${cleared} messages of ${shown(channel)} deleted.`, "warn", () => void restore(app, token.id));
  } catch (error) {
    app.say(reasonOf(error), "error");
  }
}

async function restore(app: App, id: string): Promise<void> {
  try {
    const { restored, channel } = await app.client.undo(id);
    app.say(`${restored} messages of ${shown(channel)} are back.`, "ok");
  } catch (error) {
    app.say(reasonOf(error), "error");
  }
}

export function undo(app: App): void {
  const { notice } = app.ui();
  app.change({ notice: undefined, mode: browse });
  notice?.undo?.();
}

const reasonOf = (error: unknown): string =>
  error instanceof BridgeError || error instanceof Error ? `Not done: ${error.message}` : String(error);
