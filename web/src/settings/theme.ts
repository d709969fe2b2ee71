import { createSetting } from "./setting.ts";

/** `auto` is what the reader's system has. */
export const themeChoices = ["auto", "ink", "paper"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

export const themeSetting = createSetting<ThemeChoice>("theme", "auto", (value) =>
  themeChoices.find((choice) => choice === value),
);

/** Puts the choice on the page; and again with each change. */
export function applyTheme(): void {
  const put = () => {
    const choice = themeSetting.get();
    if (choice === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = choice;
  };
  put();
  themeSetting.subscribe(put);
}
