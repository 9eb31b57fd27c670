/** Names are people's: in Markdown they must not start anything. */
export const oneLine = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|]/g, (character) => `\\${character}`);
