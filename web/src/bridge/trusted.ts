/** What a page with trusted types may load a script from: these, and nothing that a message could make up. */
interface Policy {
  createScriptURL(url: string): string;
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

const policy = (globalThis as { trustedTypes?: Factory }).trustedTypes?.createPolicy("claude-bridge", {
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError("not a script of the bridge");
    return url;
  },
});

/** A script of the bridge itself, as the browser wants it spelt. */
export const ownScript = (url: string): string => policy?.createScriptURL(url) ?? url;
