/**
 * How far the faults are driven: shortly with every test run, far on demand (`npm run test:faults`, whose
 * configuration sets the variable).
 */
export const isLong = process.env["BRIDGE_FAULTS"] === "long";

/** The first shortly, the second on demand. */
export const extent = <T>(short: T, long: T): T => (isLong ? long : short);

/** For whoever asked for the long form: what was measured. Nothing depends on it. */
export function report(what: string, figures: Readonly<Record<string, unknown>>): void {
  if (isLong) console.info(`${what}: ${JSON.stringify(figures)}`);
}
