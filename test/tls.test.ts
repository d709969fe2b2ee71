import { once } from "node:events";
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPinnedFetch } from "../src/faces/cli/pinned-fetch.ts";
import { fingerprintWords } from "../src/core/fingerprint.ts";
import { certificateFingerprint } from "../src/serve/fingerprint.ts";
import { keepSelfSigned } from "../src/serve/self-signed.ts";
import { cleanUp, runCli, startCli, startRelayProcess, temporaryFolder } from "./support/cli.ts";
import { json } from "./support/face.ts";
import { openStream } from "./support/stream.ts";

let cwd: string;
beforeEach(() => {
  cwd = temporaryFolder();
});
afterEach(cleanUp);

const at = (name: string) => join(cwd, name);

/** A new certificate and key, as files of this name; what a renewal brings. Its fingerprint. */
async function makePair(name: string): Promise<string> {
  const paths = { certPath: at(`${name}-cert.pem`), keyPath: at(`${name}-key.pem`) };
  await keepSelfSigned({ kind: "self-signed", ...paths }, { names: ["localhost", "127.0.0.1"], now: Date.now() });
  return certificateFingerprint(readFileSync(paths.certPath, "utf8")).sha256;
}

function install(name: string): void {
  copyFileSync(at(`${name}-key.pem`), at("key.pem"));
  copyFileSync(at(`${name}-cert.pem`), at("cert.pem"));
}

/** What a new connection is shown. */
async function shownAt(port: number): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256.replaceAll(":", "").toLowerCase();
}

const flags = ["--tls-cert", "cert.pem", "--tls-key", "key.pem", "--log-level", "info"];
const soon = { timeout: 15_000 };

describe("--tls-cert and --tls-key", () => {
  it("are read again when the files change, and open streams live on", async () => {
    const [old, renewed] = [await makePair("old"), await makePair("new")];
    install("old");
    const { facts } = await startRelayProcess(flags, { cwd });
    const url = `https://127.0.0.1:${facts.port}`;
    const before = await createPinnedFetch(old);
    const stream = await openStream(`${url}/events/channel/a`, {}, before.fetch);

    install("new");
    await vi.waitFor(async () => expect(await shownAt(facts.port)).toBe(renewed), soon);

    const after = await createPinnedFetch(renewed);
    const body = JSON.stringify({ channel: "a", sender: "s", content: "over the new one" });
    expect((await after.fetch(`${url}/api/send`, { method: "POST", headers: json, body })).status).toBe(200);
    expect(await stream.take(1)).toMatchObject([{ data: { content: "over the new one" } }]);
    stream.close();
    await Promise.all([before.close(), after.close()]);
  });

  it("keep the old certificate in force while the new one cannot be used, and say why", async () => {
    const old = await makePair("old");
    install("old");
    const { facts, stderr } = await startRelayProcess(flags, { cwd });
    writeFileSync(at("cert.pem"), "no certificate");
    await vi.waitFor(() => expect(stderr()).toContain("certificate not read again: the old one stays in force"), soon);
    expect(stderr()).toMatch(/"reason":"--tls-cert and --tls-key must be a certificate and its private key/);
    expect(await shownAt(facts.port)).toBe(old);
  });

  it("are read again at SIGHUP, also where the system tells nothing: behind links", async () => {
    const renewed = await makePair("new");
    await makePair("old");
    const elsewhere = temporaryFolder();
    for (const file of ["cert.pem", "key.pem"]) {
      copyFileSync(at(`old-${file}`), join(elsewhere, file));
      symlinkSync(join(elsewhere, file), at(file));
    }
    const { facts, kill } = await startRelayProcess(flags, { cwd });
    for (const file of ["cert.pem", "key.pem"]) copyFileSync(at(`new-${file}`), join(elsewhere, file));
    kill("SIGHUP");
    await vi.waitFor(async () => expect(await shownAt(facts.port)).toBe(renewed), soon);
  });
});

interface WithFingerprint {
  readonly fingerprint: { readonly of: string; readonly sha256: string; readonly words: string };
  readonly certificate_file?: string;
}

describe("--tls self-signed", () => {
  it("serves https with the certificate that it shows the fingerprint of, also after a restart", async () => {
    const first = await startRelayProcess(["--tls", "self-signed"], { cwd });
    const { fingerprint, certificate_file: file } = first.facts as typeof first.facts & WithFingerprint;
    const sha256 = await shownAt(first.facts.port);
    const words = fingerprintWords(Buffer.from(sha256, "hex"));
    expect(fingerprint).toEqual({ of: "certificate", sha256, words });
    expect(file).toBe(at("claude-bridge.db.tls-cert.pem"));
    first.kill("SIGTERM");
    await first.exit;
    const second = await startRelayProcess(["--tls", "self-signed"], { cwd });
    expect(second.facts).toMatchObject({ fingerprint });
  });

  it("is trusted by clients that are given it among others, by name and by address", async () => {
    const { facts } = await startRelayProcess(["--tls", "self-signed"], { cwd });
    await makePair("another");
    const ca = ["another-cert.pem", "claude-bridge.db.tls-cert.pem"].map((file) => readFileSync(at(file)));
    const status = (host: string) =>
      new Promise((resolve, reject) => {
        const sent = request({ host, port: facts.port, path: "/status", ca, agent: false }, (response) =>
          resolve(response.resume().statusCode),
        );
        sent.on("error", reject).end();
      });
    expect([await status("localhost"), await status("127.0.0.1")]).toEqual([200, 200]);
  });

  it("shows the fingerprint in the banner", async () => {
    const cli = startCli(["--port", "0", "--tls", "self-signed"], { cwd });
    const [, sha256] = await cli.printed(/^ {2}Certificate: (?:[a-z]+-){3}[a-z]+\n {4}SHA-256 ([0-9a-f]{64})\n/m);
    expect(sha256).toBe(certificateFingerprint(readFileSync(at("claude-bridge.db.tls-cert.pem"), "utf8")).sha256);
  });

  it("does not start with a broken certificate, and says what to delete", async () => {
    writeFileSync(at("claude-bridge.db.tls-cert.pem"), "");
    writeFileSync(at("claude-bridge.db.tls-key.pem"), "");
    const { code, stderr } = await runCli(["--port", "0", "--tls", "self-signed"], { cwd });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error: \S+\.tls-cert\.pem and \S+\.tls-key\.pem are no .+; delete .+\n$/),
    ]);
  });
});
