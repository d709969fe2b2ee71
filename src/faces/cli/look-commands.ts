import type { Command } from "commander";
import { askingCommand, configOf, searchingCommand, talkingCommand } from "./asking-command.ts";
import type { ExportOptions } from "./verbs/export.ts";
import type { SearchOptions } from "./verbs/search.ts";
import type { ThreadOptions } from "./verbs/thread.ts";

/** What is on a bridge, and who. */
export function addLookCommands(program: Command): void {
  addMessageLooks(program);
  addSearch(program);
  addLists(program);
}

function addMessageLooks(program: Command): void {
  const show = askingCommand(program, "show", "print a message, and how far it got", "show 00002a")
    .argument("<id>", "its id; may be shortened")
    .action(async (id: string) => {
      const { showCommand } = await import("./verbs/show.ts");
      await showCommand(configOf(show), id);
    });

  const thread = askingCommand(program, "thread", "print the messages of a thread", "thread payments-42")
    .argument("<thread>", "its id")
    .option("--channel <channel>", "look only there")
    .action(async (id: string, options: ThreadOptions) => {
      const { threadCommand } = await import("./verbs/thread.ts");
      await threadCommand(configOf(thread), id, options);
    });

  const copy = askingCommand(
    program,
    "export",
    "print all messages of channels",
    "export 'payments:*' > payments.jsonl",
  )
    .argument("<pattern...>", "channels; * stands for any run of characters")
    .option("--format <format>", "jsonl, one object a line, or to be read: md or html", "jsonl")
    .option("--since <time>", "only from so long ago, such as 7d, or from a time")
    .option("--until <time>", "only what is older")
    .option("--thread <id>", "only what belongs to it")
    .option("--redact", "leave out what looks like a credential")
    .action(async (patterns: readonly string[], options: ExportOptions) => {
      const { exportCommand } = await import("./verbs/export.ts");
      await exportCommand(configOf(copy), patterns, options);
    });
}

/** `-from:win` and `-word` are parts of a query: no flag of one letter stands in their way, not even for help. */
function addSearch(program: Command): void {
  const search = searchingCommand(program, "search", "find messages", `search refund from:win -type:ack after:2d`)
    .argument("<query...>", `words, '"two words"', from: to: in: type: thread: is: has: before: after:`)
    .option("--limit <count>", "print so many of the newest; 20 unless told")
    .option("--all", "print all")
    .action(async (words: readonly string[], options: SearchOptions) => {
      const { searchCommand } = await import("./verbs/search.ts");
      await searchCommand(configOf(search), words, options);
    });
}

function addLists(program: Command): void {
  const ls = askingCommand(program, "ls", "list the channels that have messages", "ls 'payments:*'")
    .argument("[pattern...]", "only these; * stands for any run of characters")
    .action(async (patterns: readonly string[]) => {
      const { lsCommand } = await import("./verbs/lists.ts");
      await lsCommand(configOf(ls), patterns);
    });

  const needs = talkingCommand(program, "needs", "list what needs you", "needs")
    .option("--count", "print only how much, as for a prompt")
    .action(async ({ count = false }: { count?: boolean }) => {
      const { needsCommand } = await import("./verbs/needs.ts");
      await needsCommand(configOf(needs), count);
    });

  const ps = askingCommand(program, "ps", "list the agents, and how they can be reached", "ps").action(async () => {
    const { psCommand } = await import("./verbs/lists.ts");
    await psCommand(configOf(ps));
  });
}
