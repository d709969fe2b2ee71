/** Why a command cannot do its work, in one line for the person who called it. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** For a person, if the error has a message that was written for one; engines throw those as a plain `Error`. */
export function toStartError(error: unknown): unknown {
  const isForPeople = error instanceof Error && error.name === "Error";
  return isForPeople ? new StartError(error.message, { cause: error }) : error;
}
