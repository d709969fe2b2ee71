/** The colours of every screen, by what they mean; `experience` of the palette: amber is loud, and means "act here". */
export interface Theme {
  readonly bg: Colour;
  readonly surface: Colour;
  readonly raised: Colour;
  readonly selected: Colour;
  /** Decoration only: too faint for a control's edge. */
  readonly line: Colour;
  readonly lineStrong: Colour;
  readonly text: Colour;
  readonly muted: Colour;
  readonly faint: Colour;
  readonly accent: Colour;
  readonly onAccent: Colour;
  readonly link: Colour;
  readonly focus: Colour;
  readonly ok: Colour;
  readonly warn: Colour;
  readonly error: Colour;
  readonly info: Colour;
  /** One for each hue of a sender, from 1; `sender.ts` says who has which. */
  readonly sender1: Colour;
  readonly sender2: Colour;
  readonly sender3: Colour;
  readonly sender4: Colour;
  readonly sender5: Colour;
  readonly sender6: Colour;
  readonly sender7: Colour;
  readonly sender8: Colour;
}

type Colour = `#${string}`;
export type Token = keyof Theme;

const ink: Theme = {
  bg: "#0E1417",
  surface: "#141C20",
  raised: "#1B252A",
  selected: "#2B2A1C",
  line: "#2A373D",
  lineStrong: "#5F7780",
  text: "#E6EDEA",
  muted: "#9DB0B3",
  faint: "#7F9499",
  accent: "#F2A541",
  onAccent: "#1B1205",
  link: "#F5B863",
  focus: "#7FD6E8",
  ok: "#63D297",
  warn: "#F2C14E",
  error: "#FF8A7A",
  info: "#7FC4F0",
  sender1: "#F2A541",
  sender2: "#6FD3C7",
  sender3: "#B9A5F2",
  sender4: "#F08BB4",
  sender5: "#8FCB6B",
  sender6: "#7FB8F5",
  sender7: "#E5C07A",
  sender8: "#D09A7A",
};

const paper: Theme = {
  bg: "#F6F4EE",
  surface: "#FFFFFF",
  raised: "#FBFAF6",
  selected: "#F7EBD3",
  line: "#DDD8CB",
  lineStrong: "#857E6C",
  text: "#1B2326",
  muted: "#4F5D61",
  faint: "#5C686B",
  accent: "#9A5B00",
  onAccent: "#FFFFFF",
  link: "#8A5200",
  focus: "#0B6E86",
  ok: "#1B7045",
  warn: "#7D5800",
  error: "#B3261E",
  info: "#14608F",
  sender1: "#8F5400",
  sender2: "#0F6B62",
  sender3: "#5B45A8",
  sender4: "#A02B63",
  sender5: "#3B6A1A",
  sender6: "#1C5A9E",
  sender7: "#715500",
  sender8: "#86452A",
};

export const themes = { ink, paper } as const;
export type ThemeName = keyof typeof themes;
