/** A number as Kotlin and Swift write it: always with a point, `suffix` "f" for Kotlin's floats. */
export function numberLiteral(value: number, suffix: '' | 'f'): string {
  const text = String(value);
  return `${/[.e]/.test(text) ? text : `${text}.0`}${suffix}`;
}
