import type { OfflineState } from '../offline/keep-offline';
import { texts } from '../texts';
import { element } from './element';

/** Of a page over HTTPS: what its warning was about, and how to be rid of it. undefined: it is not encrypted. */
export function createEncryptedDetails(offline: OfflineState): HTMLElement | undefined {
  if (location.protocol !== 'https:') return undefined;
  const { title, what, trusted, untrusted, root } = texts.encrypted;
  const isTrusted = offline === 'kept';
  return element(
    'details',
    { class: 'encrypted' },
    element('summary', {}, title),
    element('p', {}, what),
    element('p', {}, isTrusted ? trusted : untrusted),
    ...(isTrusted ? [] : [element('p', {}, element('a', { href: '/pocketlens-page.cer' }, root))]),
  );
}
