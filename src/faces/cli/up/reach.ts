import { existsSync, readFileSync } from "node:fs";
import type { Config } from "../../../config.ts";
import { replacePrivateFile } from "../../../config/private-file.ts";
import { askPerson } from "../ask-person.ts";

/** Where the relay listens, and who said so. */
export interface Reach {
  readonly host: string;
  readonly by: "setting" | "--local" | "answer" | "default";
}

const everywhere = "0.0.0.0";
const loopback = "127.0.0.1";

/**
 * Beyond its own machine a relay listens only because somebody said so: with a setting, or once with an answer, which
 * is remembered beside the database. Undefined while a person should be asked.
 */
export function knownReach({ db, host, isHostChosen }: Config, isLocal: boolean): Reach | undefined {
  if (isLocal) return { host: loopback, by: "--local" };
  if (isHostChosen) return { host, by: "setting" };
  const remembered = readAnswer(db);
  return remembered === undefined ? undefined : { host: remembered ? everywhere : loopback, by: "answer" };
}

/** Nobody is there to be asked, so that nobody has agreed. */
export const unasked: Reach = { host: loopback, by: "default" };

/** Asks whoever is at the terminal, and remembers what they say. */
export async function askReach({ db }: Config): Promise<Reach> {
  const question = "Let other machines connect? They need a code of yours. [Y/n] ";
  const answer = await askPerson(question, "give --local, or --host 0.0.0.0 to let other machines in");
  const letsIn = !/^n(o)?$/i.test(answer);
  replacePrivateFile(answerFile(db), `${JSON.stringify({ v: 1, lets_others_in: letsIn })}\n`);
  return { host: letsIn ? everywhere : loopback, by: "answer" };
}

const answerFile = (db: string) => `${db}.up.json`;

function readAnswer(db: string): boolean | undefined {
  if (!existsSync(answerFile(db))) return undefined;
  try {
    const answer = (JSON.parse(readFileSync(answerFile(db), "utf8")) as { lets_others_in?: unknown } | null)
      ?.lets_others_in;
    return typeof answer === "boolean" ? answer : undefined;
  } catch {
    // It is asked again.
    return undefined;
  }
}
