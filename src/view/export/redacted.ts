import type { ReceivedMessage } from "../../client/index.ts";
import { withoutSecrets } from "../../core/secrets.ts";

/** The message with something else in the place of every credential in its text, or in what its sender calls itself. */
export const redacted = (message: ReceivedMessage): ReceivedMessage => ({
  ...message,
  sender: withoutSecrets(message.sender),
  content: withoutSecrets(message.content),
  // It is taken out of the text again.
  envelope: undefined,
});
