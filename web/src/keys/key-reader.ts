import type { Timer } from "../../../src/client/index.ts";
import type { Commands } from "./commands.ts";
import { type KeyCommand, keyTable } from "./key-table.ts";

/** Of what is pressed. */
export type Pressed = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "repeat" | "isComposing" | "defaultPrevented"
>;

export interface KeyReader {
  /** Whether it was for a command, which has run, or for the beginning of one. */
  press(pressed: Pressed, place: Place): boolean;
}

/** Where the keyboard is: letters belong to what one types into, and Enter and Space to what they press. */
export type Place = "typing" | "pressing" | "elsewhere";

/** Who presses `g` and then thinks again has not meant the next key. */
const sequenceMs = 1_500;

export function createKeyReader(commands: Pick<Commands, "run">, areOn: () => boolean, timer: Timer): KeyReader {
  const all: readonly KeyCommand[] = keyTable;
  let begun = "";
  let forget = () => {};

  function begin(key: string): boolean {
    begun = key;
    forget = timer(sequenceMs, () => (begun = ""));
    return true;
  }

  return {
    press(pressed, place) {
      const key = nameOf(pressed);
      if (key === undefined || pressed.isComposing || pressed.defaultPrevented || !works(key, place, areOn()))
        return false;
      const sequence = begun === "" ? key : `${begun} ${key}`;
      forget();
      begun = "";
      const command = all.find(({ keys }) => keys.includes(sequence));
      if (command !== undefined) return (!pressed.repeat || command.repeats === true) && commands.run(command.name);
      return all.some(({ keys }) => keys.some((one) => one.startsWith(`${sequence} `))) && begin(sequence);
    },
  };
}

/** Undefined for what is never a command: those belong to the browser and the system. */
function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string | undefined {
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k" && !shiftKey ? "Mod+k" : undefined;
  if (key === " ") return "Space";
  // With caps lock on too.
  return key.length === 1 && !shiftKey ? key.toLowerCase() : key;
}

/** The one with a modifier is nobody's text, so that it works also where the others are switched off. */
function works(key: string, place: Place, areOn: boolean): boolean {
  if (key === "Mod+k") return true;
  if (place === "typing") return false;
  if (key === "Escape") return true;
  return areOn && !(place === "pressing" && (key === "Enter" || key === "Space"));
}
