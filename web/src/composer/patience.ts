/** A message that finds no bridge is kept and tried again for a day: a person who wrote it has closed the page by then. */
export const patienceMs = 86_400_000;
