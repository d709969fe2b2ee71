import { cpus, loadavg, totalmem } from "node:os";
import { DatabaseSync } from "node:sqlite";

/** Of the last minute; taken before the run, it says what else kept the machine busy. */
export const loadNow = (): string => (loadavg()[0] ?? 0).toFixed(1);

/** The machine by what makes a difference; neither its name nor its paths. */
export function describeMachine(): Readonly<Record<string, string>> {
  const database = new DatabaseSync(":memory:");
  const sqlite = String(database.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  database.close();
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: `${cpus().length}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    sqlite,
  };
}
