import type { Facing } from './camera';

interface Settings {
  /** Probability from which the first answer is said, 0 to 0.95. */
  sureFrom: number;
  facing: Facing;
}

export interface KeptSettings extends Settings {
  keep(changed: Partial<Settings>): void;
}

const name = 'pocketlens-settings';
const usual: Settings = { sureFrom: 0.5, facing: 'environment' };

/** What somebody set on this phone, by the browser's own storage; a private window has none. */
export function openKeptSettings(): KeptSettings {
  let settings = { ...usual, ...read() };
  return {
    ...settings,
    keep(changed) {
      settings = { ...settings, ...changed };
      try {
        localStorage.setItem(name, JSON.stringify(settings));
      } catch {
        // They hold as long as the page is open.
      }
    },
  };
}

function read(): Partial<Settings> {
  try {
    const { sureFrom, facing } = JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<
      Record<keyof Settings, unknown>
    >;
    const isShare = typeof sureFrom === 'number' && sureFrom >= 0 && sureFrom <= 0.95;
    return {
      ...(isShare ? { sureFrom } : {}),
      ...(facing === 'user' ? { facing } : {}),
    };
  } catch {
    return {};
  }
}
