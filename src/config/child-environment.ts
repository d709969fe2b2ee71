/** The environment of a program that is started from here: this one's, and these variables. */
export const withVariables = (variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...variables,
});
