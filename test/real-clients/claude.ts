import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { z } from "zod";
import { type Child, type Command, run, startChild } from "./child.ts";
import { createJournal, type Journal } from "./journal.ts";
import { bin } from "./product.ts";

/** A client with a home of its own: it neither reads nor changes anybody's settings, and needs no login. */
export interface ClaudeHome {
  readonly folder: string;
  /** The folder that its sessions work in. */
  readonly project: string;
  /** Runs a line that somebody was told to paste into a shell. */
  paste(line: string): Promise<void>;
  /** What `claude mcp list` prints. */
  list(): Promise<string>;
  /** What the client reads at its start, of its own and of its hooks. */
  configure(settings: object): Promise<void>;
  /** A session in print mode that takes turn after turn. */
  session(apiUrl: string, ...args: readonly string[]): Session;
  /** A session as a person has it, in a terminal that nobody looks at. Needs `script` of util-linux. */
  terminal(apiUrl: string, ...args: readonly string[]): Promise<Terminal>;
}

export interface Terminal extends Child {
  /** Types the line, and Enter until `isTaken`: a client that has just started does not hear the first one. */
  enter(line: string, isTaken: () => boolean): Promise<void>;
}

export interface Session {
  readonly events: Journal<Event>;
  /** Says something to the agent. */
  say(text: string): void;
  /** The end of its `n`th turn, from 1. */
  turnEnd(n: number): Promise<Event>;
  /** As a person does who presses Escape. */
  interrupt(): void;
  /** Nothing more will be said to it: it ends as it does by itself. */
  end(): Promise<unknown>;
  kill: Child["kill"];
}

/** A line of the client's own event stream. */
const event = z.looseObject({
  type: z.string(),
  subtype: z.string().optional(),
  tools: z.array(z.string()).optional(),
  mcp_servers: z.array(z.object({ name: z.string(), status: z.string() })).optional(),
  result: z.string().optional(),
});
export type Event = z.output<typeof event>;

export async function makeClaudeHome(claude: string, env: Readonly<Record<string, string>> = {}): Promise<ClaudeHome> {
  const home = await mkdtemp(join(tmpdir(), "claude-home-"));
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  const [cwd, programs] = [join(home, "project"), join(home, "bin")];
  await Promise.all([mkdir(cwd), mkdir(programs)]);
  for (const [name, path] of Object.entries({ claude, "claude-bridge": bin, node: process.execPath })) {
    await symlink(path, join(programs, name));
  }
  const command = (file: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Command => {
    return { file, args, cwd, env: { ...cleanEnv(home, programs), ...env, ...more } };
  };

  return {
    folder: home,
    project: cwd,
    async paste(line) {
      const { code, stdout, stderr } = await run(command("sh", ["-c", line]));
      if (code !== 0) throw new Error(`${line}: ${stdout}${stderr}`);
    },
    list: async () => (await run(command(claude, ["mcp", "list"]))).stdout,
    async configure(settings) {
      await mkdir(join(home, ".claude"), { recursive: true });
      await writeFile(join(home, ".claude/settings.json"), JSON.stringify(settings));
    },
    session: (apiUrl, ...args) => startSession(command(claude, [...printMode, allowed, ...args], modelAt(apiUrl))),
    async terminal(apiUrl, ...args) {
      await skipQuestions(join(home, ".claude.json"), cwd);
      const line = `stty rows 50 cols 150; exec claude ${[allowed, ...args].join(" ")}`;
      return atKeyboard(startChild(command("script", ["-qfec", line, "/dev/null"], modelAt(apiUrl))));
    },
  };
}

const printMode = ["-p", "--input-format=stream-json", "--output-format=stream-json", "--verbose"];

/** What an agent does without asking: our tools, as a server of their own and as the plugin's, and commands. */
const allowed = "--allowedTools=mcp__claude-bridge,mcp__plugin_bridge_bridge,Bash";

function cleanEnv(home: string, programs: string): NodeJS.ProcessEnv {
  return {
    PATH: [programs, process.env["PATH"]].join(delimiter),
    HOME: home,
    TMPDIR: home,
    CLAUDE_CODE_TMPDIR: home,
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    DISABLE_AUTOUPDATER: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  };
}

/** Not part of every command: with a key and no service of its own, the client asks the vendor's. */
const modelAt = (url: string) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: "not-a-key" });

/** What a person has answered when they use the client for the first time, and in a folder for the first time. */
async function skipQuestions(path: string, project: string): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => "{}");
  const before = JSON.parse(text) as { readonly projects?: Readonly<Record<string, object>> };
  const { ANTHROPIC_API_KEY: key } = modelAt("");
  const trusted = { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true };
  const answers = {
    hasCompletedOnboarding: true,
    theme: "dark",
    customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] },
    projects: { ...before.projects, [project]: { ...before.projects?.[project], ...trusted } },
  };
  await writeFile(path, JSON.stringify({ ...before, ...answers }));
}

const enterAgainMs = 700;

function atKeyboard(child: Child): Terminal {
  return {
    ...child,
    async enter(line, isTaken) {
      child.type(line);
      const pressed = () => {
        if (!isTaken()) child.type("\r");
        return isTaken();
      };
      await expect.poll(pressed, { timeout: 30_000, interval: enterAgainMs }).toBe(true);
    },
  };
}

function startSession(command: Command): Session {
  const child = startChild(command);
  const events = createJournal<Event>();
  child.lines.each((line) => events.add(event.parse(JSON.parse(line))));
  void child.exited.then(({ code, signal }) =>
    events.end(`the client ended with ${code ?? signal}: ${child.stderr()}`),
  );
  return {
    events,
    say: (content) => child.write(JSON.stringify({ type: "user", message: { role: "user", content } })),
    turnEnd: (n) => {
      let ends = 0;
      return events.first(`end of turn ${n}`, ({ type }) => type === "result" && ++ends === n);
    },
    interrupt: () =>
      child.write(JSON.stringify({ type: "control_request", request_id: "stop", request: { subtype: "interrupt" } })),
    end() {
      child.endInput();
      return child.exited;
    },
    kill: child.kill,
  };
}
