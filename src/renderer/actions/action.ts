import type { MessageKey } from '../i18n/i18n';
import type { Studio } from '../stores/create-studio';

/**
 * One thing a person can do. The palette, the key handler and the list of keys derive from these
 * records, so that none of them can promise what another does not do.
 */
export interface Action {
  /** "photos.select-all": unique in a place. */
  id: string;
  titleKey: MessageKey;
  /** Put into the title: `{ label: 'banana' }`. */
  titleValues?: Record<string, string>;
  /** See `parseKey`: "mod+k", "shift+ArrowUp", "x", "?". The first one is shown. */
  keys: readonly string[];
  /** Steps of the keyboard that make no sense in the palette, such as arrows. */
  onlyKeys?: boolean;
  /** A key that is held down counts once. */
  once?: boolean;
  enabled?(): boolean;
  run(): void | Promise<unknown>;
}

/** Actions as they are now: those that name labels change with the project. */
export type ActionSource = (studio: Studio) => readonly Action[];

export const isEnabled = (action: Action): boolean => action.enabled?.() ?? true;
