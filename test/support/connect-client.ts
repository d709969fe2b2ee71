import { BridgeError, connect, type Page } from "../../src/client/index.ts";
import type { ErrorCode } from "../../src/core/errors.ts";
import {
  type FaceAnswer,
  type FaceMessage,
  type FaceOperation,
  Refused,
  type RemoteBridge,
} from "../../src/testing/face-contract.ts";

/** The typed client in the face contract's words, which are the wire's: so it is asked for all that a face promises. */
export function overClient(url: string, close: () => Promise<void>): RemoteBridge {
  const calls = callsOf(url);
  return {
    async call(name, input) {
      try {
        // The contract also asks for what the types forbid.
        return await calls[name](camelCased(input) as never);
      } catch (error) {
        throw error instanceof BridgeError ? new Refused(error.code as ErrorCode, error.message) : error;
      }
    },
    close,
  };
}

function callsOf(url: string): Record<FaceOperation, (input: never) => Promise<FaceAnswer>> {
  const bridge = connect({ url });
  return {
    async send({ message: envelope, ...outgoing }: { message: never; channel: never }) {
      const { warnings, ...sent } = await bridge.send({ ...outgoing, envelope });
      return warnings.length === 0 ? sent : { ...sent, warnings };
    },
    receive: async (reading: never) => opened(await bridge.messages(reading)),
    async wait(waiting: never) {
      const page = await bridge.wait(waiting);
      return { ...opened(page), timed_out: page.timedOut };
    },
    async ack(handled: never) {
      const { lastSeq, advanced } = await bridge.ack(handled);
      return { seq: lastSeq, advanced };
    },
    async channels() {
      const { channels } = await bridge.channels();
      return { channels: channels.map(({ channel, messages }) => ({ id: channel, count: messages })) };
    },
    clear: ({ channel }: { channel: never }) => bridge.clear(channel),
  };
}

/** What the messages say, whether they came as text or in an envelope. */
const opened = ({ messages, remaining, warning, lastIds }: Page): FaceAnswer => ({
  remaining,
  warning,
  last_ids: lastIds,
  messages: messages.map(({ id, seq, sender, content, envelope }): FaceMessage => {
    return {
      id,
      seq,
      sender,
      content: envelope === undefined ? content : (envelope.content as string),
      to: envelope?.recipient,
    };
  }),
});

const camelCased = (input: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
