import type { ArrowLine, WireLine } from "../../../src/view/wire/layout.ts";

/** The key that one goes to from a message, with a key of the keyboard; undefined where there is no such. */
export function stepFrom(lines: readonly WireLine[], current: string | undefined, pressed: string): string | undefined {
  const arrows = lines.filter((line): line is ArrowLine => line.kind === "arrow");
  const at = arrows.findIndex(({ key }) => key === current);
  switch (pressed) {
    case "Home":
      return arrows[0]?.key;
    case "End":
      return arrows.at(-1)?.key;
    case "ArrowUp":
    case "k":
      return arrows[at < 0 ? arrows.length - 1 : at - 1]?.key;
    case "ArrowDown":
    case "j":
      return arrows[at + 1]?.key;
    case "ArrowLeft":
      return beside(arrows, at, -1);
    case "ArrowRight":
      return beside(arrows, at, 1);
    default:
      return undefined;
  }
}

/** The nearest message, before or after, that one lane further has to do with and this one's sender has not sent. */
function beside(arrows: readonly ArrowLine[], at: number, direction: 1 | -1): string | undefined {
  const here = arrows[at];
  if (here === undefined) return undefined;
  const further = arrows
    .map((arrow, index) => ({ arrow, distance: Math.abs(index - at), lanes: Math.abs(arrow.from - here.from) }))
    .filter(({ arrow }) => Math.sign(arrow.from - here.from) === direction);
  return further.toSorted((a, b) => a.lanes - b.lanes || a.distance - b.distance)[0]?.arrow.key;
}
