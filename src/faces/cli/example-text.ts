/** What the help of a command ends with: words that can be typed behind the program's name. */
export const exampleText = (example: string): string => `\nExample:\n  $ claude-bridge ${example}\n`;
