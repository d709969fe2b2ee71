import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";

/** A machine with very many processes, or a hanging tool, is not worth the wait. */
const lookMs = 1000;

/** The program that listens on a port here, as "name (pid 4121)"; undefined where that cannot be seen. */
export async function portOwner(port: number): Promise<string | undefined> {
  try {
    return process.platform === "linux" ? await fromProc(port) : await fromLsof(port);
  } catch {
    return undefined;
  }
}

const listening = "0A";

/** Linux: the socket's number stands in a table of the kernel, and as a link in its process. Others' cannot be seen. */
async function fromProc(port: number): Promise<string | undefined> {
  const signal = AbortSignal.timeout(lookMs);
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
  );
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const sockets = tables
    .flatMap((table) => table.split("\n"))
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local = "", , state]) => local.endsWith(`:${hex}`) && state === listening)
    .map((row) => `socket:[${row[9]}]`);
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    if (signal.aborted) return undefined;
    const links = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const targets = await Promise.all(links.map((link) => readlink(`/proc/${pid}/fd/${link}`).catch(() => "")));
    if (!targets.some((target) => sockets.includes(target))) continue;
    return `${(await readFile(`/proc/${pid}/comm`, "utf8")).trim()} (pid ${pid})`;
  }
  return undefined;
}

function fromLsof(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const args = ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"];
    execFile("lsof", args, { timeout: lookMs }, (_error, stdout) => {
      const [, pid, name] = /^p(\d+)\nc(.+)$/m.exec(stdout) ?? [];
      resolve(pid === undefined ? undefined : `${name} (pid ${pid})`);
    });
  });
}
