import type { Command } from "commander";
import { askingCommand, configOf, talkingCommand } from "./asking-command.ts";
import type { AskOptions } from "./verbs/ask.ts";
import type { Delivery } from "./verbs/deliver.ts";
import type { MessageOptions } from "./verbs/message-input.ts";
import type { SendOptions } from "./verbs/send.ts";
import type { SubOptions, WaitOptions } from "./verbs/sub.ts";

/** What a person or a script says and hears on a bridge. */
export function addTalkCommands(program: Command): void {
  addSend(program);
  addReply(program);
  addQuestions(program);
  addAck(program);
  addSub(program);
  addWait(program);
}

function addSend(program: Command): void {
  const example = `send payments:worker "Run the tests" --to win --wait 10m`;
  const send = withMessageFlags(talkingCommand(program, "send", "send a message, and say how far it got", example))
    .alias("pub")
    .argument("<channel>", "its name, or @agent for a direct message")
    .argument("[text]", "- for standard input, as without one where something is piped in")
    .option("--to <agent>", "an agent, a machine, or you for any person")
    .option("--thread <id>", "what it belongs to")
    .option("--reply-to <id>", "the message that it answers; may be shortened")
    .action(async (channel: string, text: string | undefined, options: SendOptions) => {
      const { sendCommand } = await import("./verbs/send.ts");
      await sendCommand(configOf(send), { channel, text, ...options });
    });
}

function addReply(program: Command): void {
  const reply = withMessageFlags(talkingCommand(program, "reply", "answer a message", `reply 00002a "All green"`))
    .argument("<id>", "the message; may be shortened")
    .argument("[text]", "- for standard input, as without one where something is piped in")
    .action(async (id: string, text: string | undefined, options: MessageOptions & Delivery) => {
      const { replyCommand } = await import("./verbs/send.ts");
      await replyCommand(configOf(reply), { id, text, ...options });
    });
}

function addQuestions(program: Command): void {
  const ask = talkingCommand(
    program,
    "ask",
    "ask somebody, and print the answer",
    `ask you "Ship it?" --options yes,no`,
  )
    .argument("<who>", "an agent, a machine, or you for any person")
    .argument("[text]", "- for standard input, as without one where something is piped in")
    .option("--file <path>", "ask what is in a file")
    .option("--channel <channel>", "ask there, and not direct")
    .option("--thread <id>", "what it belongs to")
    .option("--options <answers>", "quick answers, with commas in between")
    .option("--deadline <time>", "until when it is to be answered; 1h unless told")
    .option("--supersedes <id>", "an own question that this one replaces; may be shortened")
    .option("--key <key>", "the same key again asks nothing")
    .option("--wait [time]", "how long to wait for the answer; until the deadline unless told")
    .option("--no-wait", "print the id, and do not wait")
    .action(async (who: string, text: string | undefined, options: AskOptions) => {
      const { askCommand } = await import("./verbs/ask.ts");
      await askCommand(configOf(ask), { who, text, ...options });
    });

  const cancel = talkingCommand(program, "cancel", "take back a question of your own", "cancel 00002a")
    .argument("<id>", "the question; may be shortened")
    .option("--reason <text>", "what those who were asked are told")
    .action(async (id: string, { reason }: { reason?: string }) => {
      const { cancelCommand } = await import("./verbs/ask.ts");
      await cancelCommand(configOf(cancel), id, reason);
    });
}

function addAck(program: Command): void {
  const ack = talkingCommand(program, "ack", "say that a message was handled", "ack 00002a")
    .argument("<id>", "the message; may be shortened")
    .option("--refuse <why>", "it will not be done")
    .action(async (id: string, { refuse }: { refuse?: string }) => {
      const { ackCommand } = await import("./verbs/ack.ts");
      await ackCommand(configOf(ack), id, refuse);
    });
}

function addSub(program: Command): void {
  const sub = withFilters(askingCommand(program, "sub", "print messages as they come", "sub 'payments:*' --since 1h"))
    .alias("tail")
    .argument("<pattern...>", "channels; * stands for any run of characters")
    .option("--since <time>", "from so long ago, such as 1h, or from a time")
    .option("--last <count>", "from the last so many messages")
    .option("--after <id>", "from the entry behind this one, whose id may be shortened; beginning for all")
    .option("--exec <command>", "run this for each, with the text as its input; {} is the id")
    .option("--once", "end after the first message")
    .action(async (patterns: readonly string[], options: SubOptions) => {
      const { subCommand } = await import("./verbs/sub.ts");
      await subCommand(configOf(sub), patterns, options);
    });
}

function addWait(program: Command): void {
  const wait = withFilters(
    askingCommand(program, "wait", "wait for the next message, and print it", "wait payments:worker --timeout 10m"),
  )
    .argument("<channel...>", "or patterns, in which * stands for any run of characters")
    .option("--timeout <time>", "give up after so long, with exit code 6")
    .option("--after <id>", "take what came behind this entry, too; may be shortened")
    .action(async (channels: readonly string[], options: WaitOptions) => {
      const { waitCommand } = await import("./verbs/sub.ts");
      await waitCommand(configOf(wait), channels, options);
    });
}

const withFilters = (command: Command): Command =>
  command.option("--from <name>", "only what this sender sends").option("--type <word>", "only messages of this type");

/** Of what sends a message. */
function withMessageFlags(command: Command): Command {
  return command
    .option("--file <path>", "send what is in a file")
    .option("--type <word>", "such as task, question or result")
    .option("--content-json", "the text is JSON: refuse it if not, and keep it as such")
    .option("--ttl <time>", "then it expires unread, such as 10m")
    .option("--key <key>", "the same key again sends nothing")
    .option("--wait [time]", "wait for the answer and print it; 60s unless told");
}
