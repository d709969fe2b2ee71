import { Client, type ClientOptions, type Transport } from "@modelcontextprotocol/client";
import type { Bridge } from "../../src/core/bridge.ts";
import { BridgeError, type ErrorCode } from "../../src/core/errors.ts";
import type { Operation } from "../../src/core/operation.ts";
import { localOperator } from "../../src/core/principal.ts";
import { operations } from "../../src/operations/index.ts";
import { type FaceAnswer, type FaceMessage, Refused, type RemoteBridge } from "../../src/testing/face-contract.ts";
import { post } from "./face.ts";
import { readToolText, refusalIn } from "./tool-text.ts";

interface WireAnswer extends Omit<FaceAnswer, "messages"> {
  readonly last_seq?: number;
  readonly messages?: readonly (FaceMessage & { message?: { content?: string; recipient?: string } })[];
}

/** What the messages say, whether they came as text or in an envelope. */
function opened({ messages, channels, last_seq: seq, ...answer }: WireAnswer): FaceAnswer {
  return {
    ...answer,
    ...(seq === undefined ? {} : { seq }),
    ...(channels === undefined ? {} : { channels: channels.map(({ id, count }) => ({ id, count })) }),
    ...(messages === undefined ? {} : { messages: messages.map(openMessage) }),
  };
}

function openMessage({ id, seq, sender, content, message }: NonNullable<WireAnswer["messages"]>[number]): FaceMessage {
  return { id, seq, sender, content: message?.content ?? content, to: message?.recipient };
}

export function inProcess(bridge: Bridge): RemoteBridge {
  const signal = () => new AbortController().signal;
  return {
    async call(name, input) {
      try {
        const operation: Operation = operations[name];
        return opened((await bridge.call(operation, input, { principal: localOperator, signal })) as WireAnswer);
      } catch (error) {
        throw error instanceof BridgeError ? new Refused(error.code, error.message) : error;
      }
    },
    close: () => bridge.close(),
  };
}

const paths = { receive: "/api/messages", wait: "/api/wait", channels: "/api/channels" } as const;

export function overHttp(url: string, close: () => Promise<void>): RemoteBridge {
  return {
    async call(name, input) {
      const isRead = name === "receive" || name === "wait" || name === "channels";
      const query = Object.entries(input).map(([key, value]) => [key, String(value)]);
      const search = new URLSearchParams([...query, ["full", "1"]] as [string, string][]);
      const response = isRead ? await fetch(`${url}${paths[name]}?${search}`) : await post(`${url}/api/${name}`, input);
      const body = (await response.json()) as WireAnswer & { code: ErrorCode; error: string };
      if (!response.ok) throw new Refused(body.code, body.error);
      return opened(body);
    },
    close,
  };
}

export type Era = "legacy" | "modern";

const eras: Readonly<Record<Era, ClientOptions>> = {
  legacy: { versionNegotiation: { mode: "legacy" } },
  modern: { versionNegotiation: { mode: { pin: "2026-07-28" } } },
};

export async function overMcp(transport: Transport, era: Era, close: () => Promise<void>): Promise<RemoteBridge> {
  const client = new Client({ name: "test", version: "0" }, eras[era]);
  await client.connect(transport);
  return {
    async call(name, input) {
      const { content, isError } = await client.callTool({ name: `bridge_${name}`, arguments: input });
      const text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
      if (isError === true) throw refusalIn(text);
      return readToolText(name, text);
    },
    async close() {
      await client.close();
      await close();
    },
  };
}
