import type { Caller } from "../../core/bridge.ts";
import type { About, Operation } from "../../core/operation.ts";

/** What stands behind the tools: a bridge in this process, or what asks one elsewhere. */
export interface ToolHost {
  readonly about: Pick<About, "version">;
  /**
   * What the operation answers, or words of the host's own.
   *
   * @throws BridgeError, or ToolRefusal where that has no code for it.
   */
  call(operation: Operation, input: object, caller: Caller): Promise<unknown>;
  /** Lines to put under the result of a call that has all of these messages in it. */
  footnotes?(carried: readonly string[], caller: Caller): readonly string[] | Promise<readonly string[]>;
}

/** An answer that the host words itself. */
export class OwnWords implements Rendered {
  readonly text: string;
  readonly carried: readonly string[] = [];

  constructor(text: string) {
    this.text = text;
  }
}

/** A refusal that is none of the bridge's. */
export class ToolRefusal extends Error {
  override readonly name = "ToolRefusal";
}

/** A tool's result, as text for a model. */
export interface Rendered {
  readonly text: string;
  /** The ids of the messages of which all the text is in it: whoever has the result has read them. */
  readonly carried: readonly string[];
}
