import { visible } from "../../../../src/core/visible.ts";

/** In this order: most of them say that they are several. */
const known = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["Firefox", "Firefox"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;
const systems = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;

const longest = 60;

/** A browser in two words, by what it says of itself; that itself where it is none of those that are known. */
export function browserName(saidToBe: string | undefined): string {
  if (saidToBe === undefined || saidToBe === "") return "A browser";
  const name = known.find(([token]) => saidToBe.includes(`${token}/`))?.[1];
  const system = systems.find(([token]) => saidToBe.includes(token))?.[1];
  if (name === undefined) return visible(saidToBe.slice(0, longest));
  return system === undefined ? name : `${name} on ${system}`;
}
