import { join } from "node:path";
import { startNode, type Program } from "./process.ts";

export interface FloorServer extends Program {
  readonly port: number;
}

/** One of `bench/floors`, in a process of its own as the relay is; it prints its port. */
export async function startFloor(folder: string, name: string, args: readonly string[] = []): Promise<FloorServer> {
  const program = startNode(folder, [join(import.meta.dirname, "..", "floors", `${name}.ts`), ...args]);
  return { ...program, port: Number(await program.line()) };
}
