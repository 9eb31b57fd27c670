import type { Comparison } from '@shared/domain/comparison';
import type { Slice, SliceDimension, Slices } from '@shared/domain/slices';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime, formatDay } from '../../i18n/format';
import { useCall } from '../../stores/use-call';
import { AccuracyCell } from './AccuracyCell';
import table from './AccuracyTable.module.css';
import report from './ComparisonReport.module.css';
import classes from './SlicesSection.module.css';

interface SlicesSectionProps {
  comparison: Comparison;
  names: readonly string[];
}

/** Accuracy on parts of the photos, so that a kind that goes wrong can't hide in the mean. */
export function SlicesSection({ comparison, names }: SlicesSectionProps) {
  const { t } = useTranslation();
  const { value } = useCall('evaluation.slices', { comparisonId: comparison.id });
  if (!value || value.slices.length === 0) return undefined;
  return (
    <section aria-label={t('slices.title')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('slices.title')}</h3>
      </header>
      <p className={report.hint}>{t('slices.hint')}</p>
      <div className={classes.tables}>
        {value.slices.map((slices) => (
          <SliceTable key={slices.dimension} slices={slices} names={names} />
        ))}
      </div>
    </section>
  );
}

function SliceTable({ slices, names }: { slices: Slices; names: readonly string[] }) {
  const { t } = useTranslation();
  const { dimension, more } = slices;
  return (
    <div>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t(`slices.by.${dimension}`)}</th>
            <th scope="col">{t('slices.photos')}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slices.slices.map((slice) => (
            <SliceRow key={slice.value} dimension={dimension} slice={slice} />
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={report.hint}>{t('slices.more', { count: more })}</p>}
    </div>
  );
}

function SliceRow({ dimension, slice }: { dimension: SliceDimension; slice: Slice }) {
  const { t } = useTranslation();
  const { value, photos, models } = slice;
  const name = () => {
    if (dimension === 'brightness' || dimension === 'sharpness') {
      return t(`slices.${dimension}.${value === 'low' || value === 'high' ? value : 'middle'}`);
    }
    if (value === '') return t('slices.unknown');
    if (dimension === 'camera') return value;
    return dimension === 'import' ? formatDateTime(value) : formatDay(value);
  };
  return (
    <tr>
      <th scope="row">{name()}</th>
      <td>{formatCount(photos)}</td>
      {models.map(({ top1, interval }, index) => (
        // Models have no other name here than their place.
        <AccuracyCell key={index} accuracy={top1} interval={interval} />
      ))}
    </tr>
  );
}
