import { anyPerson, folded, machineOf, roleOf } from "../core/agent-name.ts";

export const shapes = ["square", "circle", "diamond", "hexagon"] as const;
export type Shape = (typeof shapes)[number];

/** A sender's mark. Colour alone tells too few people apart, so shape and letters say the same. */
export interface SenderMark {
  /** One or two characters. */
  readonly monogram: string;
  /** 1 to 8: which of the theme's sender colours. */
  readonly hue: number;
  /** The same for all agents of a machine. */
  readonly shape: Shape;
}

const hues = 8;

/** The same name has the same mark on every screen, whoever else is there. */
export function markOf(sender: string): SenderMark {
  const name = folded(sender);
  const machine = machineOf(name);
  return {
    monogram: monogramOf(sender),
    hue: (hashOf(name) % hues) + 1,
    shape: name === anyPerson ? "circle" : (shapes[(hashOf(machine ?? name) >>> 7) % shapes.length] ?? "square"),
  };
}

/** The first letters of machine and role, or of the first two words of a name. */
function monogramOf(sender: string): string {
  const [machine, role] = [machineOf(sender), roleOf(sender)];
  const words = machine === undefined ? sender.match(/[\p{L}\p{N}]+/gu) : [machine, role ?? ""];
  const [first = "", second = ""] = words ?? [];
  const letters =
    second === "" ? lettersOf(first).slice(0, 2) : [...lettersOf(first).slice(0, 1), ...lettersOf(second).slice(0, 1)];
  return letters.length === 0 ? "?" : letters.join("").toUpperCase();
}

/** Only what is sure to be one cell, and to be seen. */
const lettersOf = (text: string): readonly string[] => text.normalize("NFC").match(/[\p{L}\p{N}]/gu) ?? [];

/** FNV-1a: short, and spreads names that differ in their last letter. */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
  return (hash ^ (hash >>> 15)) >>> 0;
}
