import { expect, it } from "vitest";
import { cleanUp, startRelayProcess, temporaryFolder } from "../support/cli.ts";
import { makeClaudeHome } from "./claude.ts";
import { describeWithClients } from "./with-clients.ts";

describeWithClients("Claude Code and a self-signed certificate", ({ claude }) => {
  async function listWith(environment: (certificate: string) => Record<string, string>): Promise<string> {
    try {
      const { facts } = await startRelayProcess(["--tls", "self-signed"], { cwd: temporaryFolder() });
      const home = await makeClaudeHome(claude, environment(`${facts.db}.tls-cert.pem`));
      await home.paste(facts.connect.http);
      return await home.list();
    } finally {
      await cleanUp();
    }
  }

  it("connects when it is given the certificate", async () => {
    const list = await listWith((certificate) => ({ NODE_EXTRA_CA_CERTS: certificate }));
    expect(list).toMatch(/^claude-bridge: .*Connected$/m);
  });

  it("does not connect when it is not", async () => {
    expect(await listWith(() => ({}))).toMatch(/^claude-bridge: .*Failed to connect/m);
  });
});
