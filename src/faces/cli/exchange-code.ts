import { hostname } from "node:os";
import { operations, type OutputOf } from "../../operations/index.ts";
import { CommandError, type CommandErrorCode } from "./command-error.ts";
import type { FoundBridge } from "./find-bridge.ts";
import { paths } from "../../operations/paths.ts";
import { callOverHttp } from "./over-http.ts";

/**
 * Gives the bridge a join code and gets this machine's credential.
 *
 * @throws CommandError
 */
export async function exchangeCode(
  { url, fetch }: FoundBridge,
  code: string,
  name: string | undefined,
): Promise<OutputOf<"join">> {
  const input = { code, name: name ?? nameOfThisMachine() };
  const answer = await callOverHttp({ url, token: undefined, fetch }, { ...paths.join, input }).catch(
    (error: unknown) => {
      throw error instanceof CommandError ? withFix(error) : error;
    },
  );
  return operations.join.output.parse(answer);
}

/** The bridge says what is wrong; what to do about it is different here from there. */
function withFix(error: CommandError): CommandError {
  const fixes: Partial<Record<CommandErrorCode, string>> = {
    conflict: "join again with --name and the free name: the code still works",
    unauthorized: "claude-bridge invite, on the bridge's machine, makes a new code",
    limit_reached: "wait some minutes before you try again",
  };
  const { code, message, fix = fixes[code] } = error;
  return new CommandError(code, message, { fix, cause: error });
}

/** What the machine calls itself, as far as a name may be so. */
export function nameOfThisMachine(): string {
  const [first = ""] = hostname().toLowerCase().split(".");
  const name = first
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 48);
  return name === "" ? "machine" : name;
}
