import type { AwareRecord, Model } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent, formatPoints } from '../../../i18n/format';
import { Fact } from '../../../ui/Fact';

/** What training for int8 was worth: both forms on the same photos. */
export function AwareFact({ aware, model }: { aware: AwareRecord; model: Model }) {
  const { t } = useTranslation();
  const { accuracy, photos, bestEpoch } = aware;
  const told = {
    aware: formatPercent(accuracy.aware),
    plain: formatPercent(accuracy.plain),
    photos: formatCount(photos),
  };
  return (
    <Fact
      name={t('fineTuning.aware.fact')}
      value={formatPoints(accuracy.aware - accuracy.plain)}
      detail={bestEpoch > 1 ? t('fineTuning.aware.gain', told) : t('fineTuning.aware.kept', told)}
      provenance={{
        ...model.provenance,
        on: `${photos} validation photos of ${model.versionId}`,
      }}
    />
  );
}
