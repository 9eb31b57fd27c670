import { baseLicense, type BaseSource } from '../../../../shared/domain/base-source';
import { oneLine } from './one-line';

/** What has to be said of weights that came from a file that the studio knows little of. */
export function baseNotice(base: BaseSource | undefined): string {
  if (!base) return '';
  const { sha256 } = base;
  const advice = base.license === '' ? ' Find out before you pass this model on.' : '';
  return `
## Where its weights come from

${oneLine(baseLicense(base))}.${advice} SHA-256 of that file: \`${sha256}\`. What it was trained on is not known; test photos may have been among it.
`;
}
