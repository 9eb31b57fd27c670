import type { Model } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '../../../i18n/format';
import { Fact } from '../../../ui/Fact';

interface FineTunedFactsProps {
  model: Model;
  training: NonNullable<Model['training']>;
}

/** What of the backbone was trained, and how it does on changed photos; nothing of a head alone. */
export function FineTunedFacts({ model, training }: FineTunedFactsProps) {
  const { t } = useTranslation();
  const { fineTuning, settings, epochs, bestEpoch, counts } = training;
  if (!fineTuning || !settings.fineTuning) return null;
  const { headEpochs, weights, resumed } = fineTuning;
  const kept = epochs[bestEpoch - 1];
  const told = {
    weights: formatCount(weights),
    epoch: headEpochs + 1,
  };
  return (
    <>
      {kept?.viewAccuracy !== undefined && (
        <Fact
          name={t('fineTuning.record.views')}
          value={formatPercent(kept.viewAccuracy)}
          detail={t('training.record.onPhotos', { formatted: formatCount(2 * counts.validation) })}
          provenance={model.provenance}
        />
      )}
      <Fact
        name={t('fineTuning.record.name')}
        value={t('fineTuning.record.blocks', { count: settings.fineTuning.blocks })}
        detail={[
          bestEpoch > headEpochs
            ? t('fineTuning.record.detail', told)
            : t('fineTuning.record.headKept', told),
          resumed > 0 && t('fineTuning.record.resumed', { count: resumed }),
        ]
          .filter(Boolean)
          .join(' · ')}
      />
    </>
  );
}
