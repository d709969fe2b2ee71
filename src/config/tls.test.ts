import { expect, it } from "vitest";
import { readConfig, type Sources } from "../config.ts";

const tls = (sources: Partial<Sources>) =>
  readConfig({ flags: {}, env: {}, cwd: "/srv", homeDir: "/home/ada", ...sources }).tls;

it("reads a certificate and its key from where they are", () => {
  const flags = { tlsCert: "c", tlsKey: "k" };
  expect(tls({ flags })).toEqual({ kind: "files", certPath: "/srv/c", keyPath: "/srv/k" });
});

it("keeps a certificate of its own beside the database", () => {
  expect(tls({ flags: { tls: "self-signed", db: "a.db" } })).toEqual({
    kind: "self-signed",
    certPath: "/srv/a.db.tls-cert.pem",
    keyPath: "/srv/a.db.tls-key.pem",
  });
});

it("refuses half of a certificate", () => {
  expect(() => tls({ flags: { tlsCert: "c.pem" } })).toThrow("--tls-cert needs --tls-key");
  expect(() => tls({ env: { CLAUDE_BRIDGE_TLS_KEY: "k" } })).toThrow("--tls-key needs --tls-cert");
});

it("refuses to make a certificate where one is given", () => {
  expect(() => tls({ flags: { tls: "self-signed", tlsCert: "c", tlsKey: "k" } })).toThrow("give one of them");
});
