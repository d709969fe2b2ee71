/** How many colours the terminal has: none, its own 16, 256, or all. */
export const colourLevels = ["none", "16", "256", "all"] as const;
export type ColourLevel = (typeof colourLevels)[number];

interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return { red: (value >> 16) & 255, green: (value >> 8) & 255, blue: value & 255 };
}

/** The parameters that choose this colour, for the text or for what is behind it. */
export function colourParameters(hex: string, level: "256" | "all", ground: "text" | "behind"): string {
  const target = ground === "text" ? 38 : 48;
  if (level === "256") return `${target};5;${nearest256(hex)}`;
  const { red, green, blue } = rgbOf(hex);
  return `${target};2;${red};${green};${blue}`;
}

/** The levels of each channel in the cube of 256 colours. */
const steps = [0, 95, 135, 175, 215, 255] as const;

/** From the cube and the greys only: the first 16 are what a person has made of them. */
function nearest256(hex: string): number {
  const wanted = rgbOf(hex);
  const [red, green, blue] = [nearestStep(wanted.red), nearestStep(wanted.green), nearestStep(wanted.blue)];
  const grey = Math.max(0, Math.min(23, Math.round(((wanted.red + wanted.green + wanted.blue) / 3 - 8) / 10)));
  const level = 8 + 10 * grey;
  const inCube = { red: steps[red] ?? 0, green: steps[green] ?? 0, blue: steps[blue] ?? 0 };
  const isGreyNearer = distance(wanted, { red: level, green: level, blue: level }) < distance(wanted, inCube);
  return isGreyNearer ? 232 + grey : 16 + 36 * red + 6 * green + blue;
}

const nearestStep = (channel: number): number =>
  steps.reduce<number>(
    (best, step, index) => (Math.abs(step - channel) < Math.abs((steps[best] ?? 0) - channel) ? index : best),
    0,
  );

/** Eyes see green best, and blue least. */
const distance = (one: Rgb, other: Rgb): number =>
  3 * (one.red - other.red) ** 2 + 4 * (one.green - other.green) ** 2 + 2 * (one.blue - other.blue) ** 2;
