import type { ExportPreview } from '@shared/api/dataset-export-api';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount } from '../../i18n/format';
import { useStudio } from '../../stores/use-studio';
import { Fact } from '../../ui/Fact';
import classes from './ExportDialog.module.css';

const reasons = ['unlabeled', 'excluded', 'missing'] as const;

/** What an export will write, and what it will not. */
export function ExportNumbers({ preview }: { preview: ExportPreview }) {
  const { t } = useTranslation();
  const { host } = useStudio();
  const { photos, bytes, labels, splits, leftOut, conflicts, freeBytes } = preview;
  const staysOut = reasons
    .filter((reason) => leftOut[reason] > 0)
    .map((reason) =>
      t(`datasetExport.numbers.${reason}`, { formatted: formatCount(leftOut[reason]) }),
    );
  return (
    <section className={classes.numbers} aria-label={t('datasetExport.numbers.title')}>
      <Fact name={t('datasetExport.numbers.photos')} value={formatCount(photos)} />
      <Fact
        name={t('datasetExport.numbers.size')}
        value={formatBytes(bytes)}
        // Where a folder is chosen later, this is only about the project's own disk.
        detail={t(
          host.choosePlace
            ? 'datasetExport.numbers.sizeDetailHere'
            : 'datasetExport.numbers.sizeDetail',
          { free: formatBytes(freeBytes) },
        )}
      />
      <Fact name={t('datasetExport.numbers.labels')} value={formatCount(labels)} />
      <Fact
        name={t('datasetExport.numbers.splits')}
        value={[splits.train, splits.validation, splits.test].map(formatCount).join(' / ')}
      />
      <div className={classes.wide}>
        <Fact
          name={t('datasetExport.numbers.leftOut')}
          value={staysOut.join(', ') || t('datasetExport.numbers.nothing')}
        />
      </div>
      {conflicts > 0 && (
        <p className={classes.warning}>
          {t('datasetExport.numbers.conflicts', {
            count: conflicts,
            formatted: formatCount(conflicts),
          })}
        </p>
      )}
      {!host.choosePlace && bytes > freeBytes && (
        <p className={classes.warning}>{t('datasetExport.numbers.noSpace')}</p>
      )}
    </section>
  );
}
