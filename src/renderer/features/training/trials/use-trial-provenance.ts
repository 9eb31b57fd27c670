import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime } from '../../../i18n/format';

interface TrialsMade {
  photos: number;
  of: number;
  backbone: string;
  engine: string;
  at: string;
}

/** On how many photos heads were tried, by what and when. */
export function useTrialProvenance(): (made: TrialsMade, folds: number) => string {
  const { t } = useTranslation();
  return ({ photos, of, backbone, engine, at }, folds) =>
    t('headTrials.provenance', {
      used: t(photos < of ? 'headTrials.photosUsedOf' : 'headTrials.photosUsed', {
        folds,
        photos: formatCount(photos),
        of: formatCount(of),
      }),
      backbone,
      engine,
      at: formatDateTime(at),
    });
}
