import type { Slice, SliceDimension, Slices } from '@shared/domain/slices';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime, formatDay } from '../../i18n/format';
import { useCall } from '../../stores/use-call';
import { useStudio } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { AccuracyCell } from './AccuracyCell';
import table from './AccuracyTable.module.css';
import report from './ComparisonReport.module.css';
import type { ModelPair } from './model-pair';
import { OpenPhotosButton } from './OpenPhotosButton';
import { wrongFirst } from './photo-changes';
import classes from './SlicesSection.module.css';
import { sectionProps } from './report-sections';

interface SlicesSectionProps extends Pick<ModelPair, 'comparison' | 'secondIndex' | 'onOpen'> {
  names: readonly string[];
}

/** Accuracy on parts of the photos, so that a kind that goes wrong can't hide in the mean. */
export function SlicesSection({ comparison, names, secondIndex, onOpen }: SlicesSectionProps) {
  const { t } = useTranslation();
  const { client } = useStudio();
  const { id: comparisonId, answers } = comparison;
  const { value } = useCall('evaluation.slices', { comparisonId });

  async function open(dimension: SliceDimension, slice: Slice, name: string) {
    const asked = { comparisonId, dimension, value: slice.value };
    const { photoIds } = await client.call('evaluation.slicePhotos', asked);
    const inPart = new Set(photoIds);
    const own = answers.filter(({ photoId }) => inPart.has(photoId));
    const title = t('slices.opened', { by: t(`slices.by.${dimension}`), name });
    onOpen({ title, photos: wrongFirst(own, secondIndex) });
  }

  return (
    <section {...sectionProps('parts')} aria-label={t('slices.title')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('slices.title')}</h3>
      </header>
      <p className={report.hint}>
        {t(value?.slices.length === 0 ? 'slices.nothingParts' : 'slices.hint')}
      </p>
      <div className={classes.tables}>
        {value?.slices.map((slices) => (
          <SliceTable
            key={slices.dimension}
            slices={slices}
            names={names}
            onOpen={(slice, name) => void attempt(() => open(slices.dimension, slice, name))}
          />
        ))}
      </div>
    </section>
  );
}

interface SliceTableProps {
  slices: Slices;
  names: readonly string[];
  onOpen(slice: Slice, name: string): void;
}

function SliceTable({ slices, names, onOpen }: SliceTableProps) {
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
            <SliceRow key={slice.value} dimension={dimension} slice={slice} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={report.hint}>{t('slices.more', { count: more })}</p>}
    </div>
  );
}

interface SliceRowProps extends Pick<SliceTableProps, 'onOpen'> {
  dimension: SliceDimension;
  slice: Slice;
}

function SliceRow({ dimension, slice, onOpen }: SliceRowProps) {
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
      <th scope="row">
        <OpenPhotosButton name={name()} photos={photos} onOpen={() => onOpen(slice, name())} />
      </th>
      <td>{formatCount(photos)}</td>
      {models.map(({ top1, interval }, index) => (
        // Models have no other name here than their place.
        <AccuracyCell key={index} accuracy={top1} interval={interval} />
      ))}
    </tr>
  );
}
