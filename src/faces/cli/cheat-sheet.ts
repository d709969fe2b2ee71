/** The commands that are used most, each with what one would type. */
export const cheatSheet = `Start, and let another machine in
  claude-bridge up                                    the relay, and the line for the next machine
  claude-bridge join http://10.0.0.5:8765 K7QF-4TM2   on that machine
  claude-bridge doctor                                when something does not work

Say
  claude-bridge send payments:worker "Run the tests" --to win
  git diff | claude-bridge send payments:review - --type review --to mac/reviewer --wait 10m
  claude-bridge send @win/worker "Only for you"       direct
  claude-bridge ask you "Ship it?" --options yes,no   and wait for the answer
  claude-bridge reply 00002a "All green"              ids may be shortened
  claude-bridge ack 00002a --refuse "no key here"

Hear
  claude-bridge sub 'payments:*' --since 1h           also tail
  claude-bridge sub '*' --json | jq -r .content
  claude-bridge sub '*' --type question --exec 'notify-send "$MESSAGE_FROM asks"'
  claude-bridge wait payments:worker --timeout 10m    exit code 6 when nothing came

Look
  claude-bridge needs                                 what needs you; --count for a prompt
  claude-bridge show 00002a                           and how far it got
  claude-bridge thread payments-42
  claude-bridge search refund from:win after:2d       words, "is:unanswered", in:payments:worker …
  claude-bridge ls                                    channels
  claude-bridge ps                                    agents, and how they can be reached
  claude-bridge export 'payments:*' --redact > payments.jsonl

Undo
  claude-bridge clear payments:worker                 prints the id that undoes it
  claude-bridge undo 94157a1d-c423-8c86-8000-000000000007

Everywhere: --json for programs, --quiet, --as NAME, --bridge NAME. Exit codes: 0 done, 1 failed, 2 usage,
3 not found, 4 not allowed, 5 unreachable, 6 nothing came, 7 refused or held, 8 conflict, 130 Ctrl-C.
`;
