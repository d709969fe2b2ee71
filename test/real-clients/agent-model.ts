import type { MessagesApi } from "./messages-api.ts";
import type { Block, Script } from "./script.ts";

/** A model that reads its mail when it is told of some, and says of anything else that it is done. */
export const readsItsMail =
  (receive: string): Script =>
  ({ said, results }) => [
    results.length === 0 && said.includes("Call bridge_receive") ? { tool: receive, input: {} } : { text: "done" },
  ];

/** The same, after it has done this. */
export function first(answers: readonly Block[], then: Script): Script {
  const left = [...answers];
  return (turn) => {
    const answer = left.shift();
    return answer === undefined ? then(turn) : [answer];
  };
}

/** Milliseconds from `act` to the next request of the model's client, and to the one that has the text. */
export async function timed(
  what: string,
  { turns }: MessagesApi,
  text: string,
  act: () => Promise<unknown>,
  withinMs = 60_000,
) {
  const before = turns.all.length;
  const startedAt = performance.now();
  await act();
  const since = () => Math.round(performance.now() - startedAt);
  const isNext = () => turns.all.length > before;
  await turns.first(`request after ${what}`, isNext, withinMs);
  const wokenMs = since();
  await turns.first(`request with the text after ${what}`, ({ body }) => body.includes(text), withinMs);
  console.info(`${what}: next request after ${wokenMs} ms, with the text after ${since()} ms`);
}
