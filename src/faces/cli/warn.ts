/** For the person at the terminal; stdout is kept for what was asked for. */
export function warn(line: string): void {
  console.error(`warning: ${line}`);
}
