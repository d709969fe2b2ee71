import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import { maxWatchedAddresses, maxWrongCodes, wrongCodesMs } from "../core/limits.ts";
import { networkOf } from "./network.ts";

/**
 * How often each address has given a wrong code. A wrong code counts against every code that is out, so one who guesses
 * could burn them all again and again; here the guessing ends before it costs anybody else anything.
 */
export interface WrongCodes {
  /** @throws BridgeError `limit_reached`, with the time after which it may try again. */
  admit(address: string | undefined): void;
  /** Which wrong code of this address it is, and whether it was the last that is let in for now. */
  count(address: string | undefined): { readonly tries: number; readonly isLast: boolean };
}

interface Tries {
  readonly since: number;
  readonly count: number;
}

export function createWrongCodes(clock: Clock): WrongCodes {
  const byNetwork = new Map<string, Tries>();

  function known(network: string): Tries | undefined {
    const tries = byNetwork.get(network);
    return tries !== undefined && clock.now() < tries.since + wrongCodesMs ? tries : undefined;
  }

  return {
    admit(address) {
      const tries = known(networkOf(address));
      if (tries === undefined || tries.count < maxWrongCodes) return;
      const retryAfterSeconds = Math.ceil((tries.since + wrongCodesMs - clock.now()) / 1000);
      const message = `too many wrong codes from this address; try again in ${Math.ceil(retryAfterSeconds / 60)} min`;
      throw new BridgeError("limit_reached", message, { retryAfterSeconds });
    },

    count(address) {
      const network = networkOf(address);
      const { since, count } = known(network) ?? { since: clock.now(), count: 0 };
      byNetwork.delete(network);
      byNetwork.set(network, { since, count: count + 1 });
      // The one that was wrong longest ago has the least to come back for.
      const [oldest] = byNetwork.keys();
      if (byNetwork.size > maxWatchedAddresses && oldest !== undefined) byNetwork.delete(oldest);
      return { tries: count + 1, isLast: count + 1 >= maxWrongCodes };
    },
  };
}
