import { en } from '@renderer/i18n/en/en';
import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>('../../../../src/renderer/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

function keysOf(catalog: object, prefix = ''): string[] {
  return Object.entries(catalog).flatMap(([name, value]) =>
    typeof value === 'string' ? [prefix + name] : keysOf(value as object, `${prefix}${name}.`),
  );
}

/** "photos_one" and "photos_other" are asked for as "photos". */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');

const catalogKeys = keysOf(en);
const code = Object.entries(sources)
  .filter(([path]) => !path.includes('/i18n/en/'))
  .map(([, text]) => text)
  .join('\n');

const topNames = Object.keys(en).join('|');
const literals = new Set(
  [...code.matchAll(new RegExp(`['"]((?:${topNames})\\.[\\w.]+)['"]`, 'g'))].map(([, key]) => key),
);
/** `library.split.${name}` asks for any key of that shape. */
const patterns = [...code.matchAll(new RegExp('`((?:' + topNames + ')\\.[^`]*\\$\\{[^`]*)`', 'g'))]
  .map(([, key = '']) => key.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+'))
  .map((pattern) => new RegExp(`^${pattern}$`));

describe('catalog', () => {
  it('was read together with the code that uses it', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(80);
  });

  it('has every text the code asks for', () => {
    const names = new Set([...catalogKeys, ...catalogKeys.map(withoutPlural)]);
    const asked = [...code.matchAll(/(?:\bt\(|titleKey: )['"]([\w.]+)['"]/g)].map(([, key]) => key);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => key !== undefined && !names.has(key))).toEqual([]);
  });

  it('has no text that nothing asks for', () => {
    const unused = catalogKeys
      .map(withoutPlural)
      .filter((key) => !literals.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  it('has both forms wherever it counts', () => {
    const plural = catalogKeys.filter((key) => key.endsWith('_one'));
    expect(plural.length).toBeGreaterThan(3);
    for (const key of plural) expect(catalogKeys).toContain(key.replace(/_one$/, '_other'));
  });
});
