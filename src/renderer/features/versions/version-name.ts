import type { VersionSide } from '@shared/domain/dataset-version';
import { i18n } from '../../i18n/i18n';

export const versionNumber = (id: string): string => id.replace('version-', '');

/** "Version 3", or what now is called; as a title. */
export const sideTitle = (side: VersionSide): string =>
  side === 'now'
    ? i18n.t('versions.now')
    : i18n.t('versions.name', { number: versionNumber(side) });

/** The same inside a sentence. */
export const sideName = (side: VersionSide): string =>
  side === 'now'
    ? i18n.t('versions.sideNow')
    : i18n.t('versions.side', { number: versionNumber(side) });
