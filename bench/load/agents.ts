import type { Program } from "../product/process.ts";
import { openConnection } from "./connection.ts";
import { callTo, handshake, post2025 } from "./mcp-requests.ts";

/** An agent's client, which calls tools one at a time. */
export interface Agent {
  /** The result as its bytes have come, when they have. */
  call(tool: string, args: object): Promise<string>;
}

/** Over the standard input and output of the process beside the agent. */
export async function openStdioAgent({ child, line }: Program): Promise<Agent> {
  const say = (message: object) => child.stdin.write(`${JSON.stringify(message)}\n`);
  for (const message of handshake) say(message);
  await line();
  let id = 100;
  return {
    async call(tool, args) {
      id += 1;
      say(callTo(id, { name: tool, arguments: args }));
      for (;;) {
        const text = await line();
        if (text.includes(`"id":${id}`)) return text;
      }
    },
  };
}

/** Over Streamable HTTP, straight to the relay. */
export async function openHttpAgent(port: number, name: string): Promise<Agent> {
  const connection = await openConnection(port);
  return {
    call: (tool, args) =>
      new Promise((resolve, reject) => {
        connection.ask(post2025(callTo(7, { name: tool, arguments: args }), name), (status, body) => {
          if (status === 200) resolve(body.toString());
          else reject(new Error(`${tool} was answered ${status}: ${body.toString()}`));
        });
      }),
  };
}
