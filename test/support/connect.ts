import { Client, type ClientOptions, type Transport } from "@modelcontextprotocol/client";
import type { Bridge } from "../../src/core/bridge.ts";
import { BridgeError, type ErrorCode } from "../../src/core/errors.ts";
import { localOperator } from "../../src/core/principal.ts";
import { operations } from "../../src/operations/index.ts";
import { type FaceAnswer, Refused, type RemoteBridge } from "../../src/testing/face-contract.ts";
import { post } from "./face.ts";
import { readToolText, refusalIn } from "./tool-text.ts";

interface WirePage {
  readonly messages?: readonly { content?: string; message?: { content?: unknown; recipient?: string } }[];
}

/** What a message says, whether it came as text or in an envelope. */
function opened<Answer extends object>(answer: Answer & WirePage & { last_seq?: number }): FaceAnswer {
  const { messages, last_seq: lastSeq } = answer;
  const read = messages?.map(({ content, message, ...rest }) => ({
    ...rest,
    content: message === undefined ? content : message.content,
    to: message?.recipient,
  }));
  const channels = (answer as { channels?: { id: string; count: number }[] }).channels?.map(({ id, count }) => ({ id, count }));
  return { ...answer, ...(read && { messages: read }), ...(channels && { channels }), ...(lastSeq && { seq: lastSeq }) } as FaceAnswer;
}

export function inProcess(bridge: Bridge): RemoteBridge {
  const signal = new AbortController().signal;
  return {
    async call(name, input) {
      try {
        return opened(await bridge.call(operations[name], input, { principal: localOperator, signal }));
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
      const body = (await response.json()) as FaceAnswer & { code: ErrorCode; error: string };
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
