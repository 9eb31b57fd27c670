import type { ModelId } from '@shared/domain/model';
import { newestOnPhones } from '@shared/domain/phone-measurement';
import { useTranslation } from 'react-i18next';
import { useStudioStore } from '../../stores/use-studio';
import { PhoneFigures } from '../../ui/PhoneFigures';
import classes from './ComparisonReport.module.css';

/** What phones answered with the compared models, once any has. */
export function PhonesSection({ modelIds }: { modelIds: readonly ModelId[] }) {
  const { t } = useTranslation();
  const measurements = useStudioStore('phoneMeasurements', (state) => state.measurements);
  const found = modelIds.flatMap((modelId) => newestOnPhones(measurements, modelId));
  if (found.length === 0) return undefined;
  return (
    <section aria-label={t('phoneFigures.title')}>
      <header className={classes.sectionHeader}>
        <h3 className={classes.sectionTitle}>{t('phoneFigures.title')}</h3>
      </header>
      <p className={classes.hint}>{t('phoneFigures.hint')}</p>
      <div className={classes.phones}>
        {found.map(({ measurement, figures }) => (
          <PhoneFigures
            key={`${measurement.id} ${figures.modelId}`}
            measurement={measurement}
            figures={figures}
          />
        ))}
      </div>
    </section>
  );
}
