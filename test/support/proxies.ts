import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { install } from "./apt-get.ts";

const document = readFileSync(join(import.meta.dirname, "../../docs/networking.md"), "utf8");

/** The blocks of the document in this language. */
export const recipes = (language: string): readonly string[] =>
  [...document.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, block]) => block ?? "");

export interface ProxyOptions {
  /** Where its files are. */
  readonly folder: string;
  readonly port: number;
  readonly bridgePort: number;
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

/** A proxy as Debian has it. */
export interface ProxyKind {
  readonly name: string;
  readonly debianPackage: string;
  /** The command that runs the recipe in the foreground. Files that it needs are written on the way. */
  readonly command: (recipe: string, options: ProxyOptions) => readonly string[];
}

/** What a recipe names is replaced by what the test has in its place; a recipe without it would not be tested. */
function replaced(recipe: string, names: Readonly<Record<string, string>>): string {
  return Object.entries(names).reduce((text, [name, value]) => {
    if (!text.includes(name)) throw new Error(`the recipe has no ${name}`);
    return text.replaceAll(name, value);
  }, recipe);
}

function written(folder: string, name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const nginx: ProxyKind = {
  name: "nginx",
  debianPackage: "nginx-light",
  command(recipe, { folder, port, bridgePort, cert, key }) {
    const server = replaced(recipe, {
      "listen 443": `listen 127.0.0.1:${port}`,
      "127.0.0.1:8765": `127.0.0.1:${bridgePort}`,
      "/etc/ssl/bridge.example.org.pem": written(folder, "cert.pem", cert),
      "/etc/ssl/bridge.example.org.key": written(folder, "key.pem", key),
    });
    const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (use) => `${use}_temp_path ${folder}/${use};`,
    );
    const http = `http {\naccess_log off;\n${kept.join("\n")}\n${server}}`;
    const user = process.getuid?.() === 0 ? "user root;" : "";
    const main = `daemon off;\n${user}\npid ${folder}/pid;\nerror_log stderr;\nevents {}\n${http}\n`;
    return ["nginx", "-p", folder, "-c", written(folder, "nginx.conf", main)];
  },
};

const caddy: ProxyKind = {
  name: "caddy",
  debianPackage: "caddy",
  command(recipe, { folder, port, bridgePort, cert, key }) {
    const files = `${written(folder, "cert.pem", cert)} ${written(folder, "key.pem", key)}`;
    const site = replaced(recipe, {
      // Nobody can prove here that the name is theirs, so the certificate is given.
      "bridge.example.org {": `https://bridge.example.org:${port} {\nbind 127.0.0.1\ntls ${files}`,
      "127.0.0.1:8765": `127.0.0.1:${bridgePort}`,
    });
    const main = `{\nadmin off\nauto_https disable_redirects\n}\n${site}`;
    return ["caddy", "run", "--adapter", "caddyfile", "--config", written(folder, "Caddyfile", main)];
  },
};

const haproxy: ProxyKind = {
  name: "haproxy",
  debianPackage: "haproxy",
  command(recipe, { folder, port, bridgePort, cert, key }) {
    const main = replaced(recipe, {
      "bind :443": `bind 127.0.0.1:${port}`,
      "127.0.0.1:8765": `127.0.0.1:${bridgePort}`,
      "/etc/haproxy/bridge.example.org.pem": written(folder, "both.pem", cert + key),
    });
    return ["haproxy", "-db", "-f", written(folder, "haproxy.cfg", main)];
  },
};

export const proxyKinds: readonly ProxyKind[] = [nginx, caddy, haproxy];

/** Starts it; `stop` ends it. It is there when its port answers. */
export function runProxy(command: readonly string[], folder: string) {
  const [program = "", ...args] = command;
  const env = { PATH: process.env["PATH"], HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(program, args, { cwd: folder, stdio: "ignore", env });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Why there is none; undefined when there is one. Installs it where that is allowed. */
export function whyNoProxy({ name, debianPackage }: ProxyKind): string | undefined {
  if (process.platform !== "linux") return `${name} is tested on Linux only`;
  if (!isThere(name)) install(debianPackage);
  return isThere(name) ? undefined : `${name} is not there; as root: apt-get install ${debianPackage}`;
}

const isThere = (name: string) => spawnSync(name, [name === "caddy" ? "version" : "-v"]).status === 0;

/** A port that nobody had a moment ago: these servers take none that they choose themselves. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
