/** npx keeps packages below a folder of this name; a program that it ran is not on the PATH. */
export const isFromNpx = (): boolean => process.argv[1]?.includes("_npx") ?? false;

/** As a person would start this program again. */
export const programWords = (): string => (isFromNpx() ? "npx -y claude-bridge" : "claude-bridge");
