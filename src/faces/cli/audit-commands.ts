import { type Command, InvalidArgumentError } from "commander";
import { askingCommand, commandGroup, configOf } from "./asking-command.ts";

/** What happened on a bridge. */
export function addAuditCommands(program: Command): void {
  const audit = commandGroup(
    program,
    "audit",
    "see what happened on the bridge, and that nobody has changed the record of it",
  );
  const list = askingCommand(audit, "list", "list the latest events", "audit list --limit 20")
    .option("--limit <count>", "how many, up to 1000", readCount, 50)
    .action(async ({ limit }: { limit: number }) => {
      const { auditListCommand } = await import("./audit.ts");
      await auditListCommand(configOf(list), limit);
    });

  const dump = askingCommand(
    audit,
    "export",
    "print every event, oldest first, one JSON object a line",
    "audit export > audit.jsonl",
  ).action(async () => {
    const { auditExportCommand } = await import("./audit.ts");
    await auditExportCommand(configOf(dump));
  });

  const verify = askingCommand(
    audit,
    "verify",
    "check that every row follows from the one before; exit code 1 if not",
    "audit verify",
  )
    .option("--head <hash>", "the hash of a row that was noted down before: it must still be there")
    .action(async ({ head }: { head?: string }) => {
      const { auditVerifyCommand } = await import("./audit.ts");
      await auditVerifyCommand(configOf(verify), head);
    });
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError("it must be a whole number from 1 to 1000");
}
