/** An argument as it must be typed into a shell to arrive as it is. */
export function quoteArgument(text: string): string {
  return /^[\w@%+=:,./\\~-]+$/.test(text) ? text : `"${text.replace(/(["$`])/g, '\\$1')}"`;
}
