import { X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../config.ts";
import { keepSelfSigned } from "./self-signed.ts";
import { openTls } from "./tls.ts";

let folder: string;
let warnings: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claude-bridge-tls-"));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const certPath = () => join(folder, "claude-bridge.db.tls-cert.pem");
const keyPath = () => join(folder, "claude-bridge.db.tls-key.pem");
const source = () => ({ kind: "self-signed", certPath: certPath(), keyPath: keyPath() }) as const;
const log = { error() {}, warn() {}, info() {}, debug() {} };

async function open(flags: Readonly<Record<string, string>> = {}) {
  const config = readConfig({ flags: { tls: "self-signed", ...flags }, env: {}, cwd: folder, homeDir: folder });
  const tls = await openTls(config, { log, warn: (line) => warnings.push(line) });
  tls?.close();
  return tls?.inForce();
}

const year = 365 * 86_400_000;

describe("a self-signed certificate", () => {
  it("is made once, for its owner alone", async () => {
    const pair = await open();
    expect(await open()).toEqual(pair);
    expect([certPath(), keyPath()].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(warnings).toEqual([]);
  });

  it("is good for this machine's names and addresses, and for serving only", async () => {
    await open({ host: "bridge.example.org" });
    const certificate = new X509Certificate(readFileSync(certPath()));
    const names = ["localhost", "bridge.example.org"].map((name) => certificate.checkHost(name));
    expect(names).toEqual(["localhost", "bridge.example.org"]);
    expect(["127.0.0.1", "::1"].map((address) => certificate.checkIP(address))).toEqual(["127.0.0.1", "::1"]);
    expect(certificate.checkHost("example.org")).toBeUndefined();
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(certificate.ca).toBe(false);
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: "prime256v1" });
    expect(certificate.validToDate.getTime() - certificate.validFromDate.getTime()).toBeGreaterThan(19 * year);
  });

  it("that has expired says which files to delete", async () => {
    await keepSelfSigned(source(), { names: ["localhost"], now: Date.now() - 21 * year });
    await expect(open()).rejects.toThrow(`${certPath()} has expired; delete ${certPath()} and ${keyPath()} to`);
  });

  it("that is broken says which files to delete, and stays as it is", async () => {
    await open();
    writeFileSync(certPath(), "no certificate");
    await expect(open()).rejects.toThrow(`${certPath()} and ${keyPath()} are no certificate and its key; delete`);
    expect(readFileSync(certPath(), "utf8")).toBe("no certificate");
  });

  it("of which one file is gone is not made anew", async () => {
    await open();
    rmSync(certPath());
    await expect(open()).rejects.toThrow("could not read the bridge's own certificate: ENOENT");
  });

  it("warns when others can read its key", async () => {
    await open();
    chmodSync(keyPath(), 0o644);
    await open();
    expect(warnings).toEqual([`other users of this machine can read ${keyPath()}; run: chmod 600 '${keyPath()}'`]);
  });

  it("that cannot be kept says where", async () => {
    await expect(open({ db: "absent/claude-bridge.db" })).rejects.toThrow(
      /^could not keep the bridge's own certificate: ENOENT.+absent/,
    );
  });
});
