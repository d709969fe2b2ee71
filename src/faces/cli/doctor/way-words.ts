/** `inbox-socket`, as people read it. */
export const wayWords = (way: string): string => way.replaceAll("-", " ");
