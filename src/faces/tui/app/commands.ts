import type { Command } from "./command.ts";
import { lookCommands, moveCommands, programCommands } from "./look-commands.ts";
import { messageCommands } from "./message-commands.ts";

/** Everything that keys do. */
export const commands: readonly Command[] = [...moveCommands, ...lookCommands, ...messageCommands, ...programCommands];

const byKey = new Map(commands.flatMap((command) => command.keys.map((key) => [key, command] as const)));

export const commandFor = (key: string): Command | undefined => byKey.get(key);
