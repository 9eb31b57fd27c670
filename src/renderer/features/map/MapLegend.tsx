import type { MapState } from '@shared/api/map-api';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { CountRow } from '../../ui/CountRow';
import { PanelSection } from '../../ui/PanelSection';
import type { Categories, Category } from './categories';
import classes from './MapLegend.module.css';
import { MarkSwatch } from './MarkSwatch';

/** What the colors mean; a click lets only one of them stand out. */
export function MapLegend({
  categories,
  overview,
}: {
  categories: Categories;
  overview: MapState;
}) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const coloring = useStudioStore('map', (state) => state.coloring);
  const highlight = useStudioStore('map', (state) => state.highlight);
  const isOnlyNone = categories.list.every(({ key }) => key === 0);
  return (
    <>
      <PanelSection title={t(`map.colorings.${coloring}`)}>
        {categories.list.map((category) => (
          <CountRow
            key={category.key}
            isOn={category.key === highlight}
            count={category.count}
            onClick={() =>
              stores.map.getState().set({
                highlight: category.key === highlight ? undefined : category.key,
              })
            }
          >
            <span className={classes.row}>
              <MarkSwatch mark={category.mark} />
              <CategoryName category={category} />
            </span>
          </CountRow>
        ))}
        {(coloring === 'agreement' || coloring === 'suggestion') && (
          <p className={classes.note}>
            {t(isOnlyNone ? 'map.noSuggestions' : `map.explain.${coloring}`)}
          </p>
        )}
      </PanelSection>
      <PanelSection>
        <p className={classes.note}>{t('map.howToRead')}</p>
        <p className={classes.note}>
          {t(overview.neighbors === 'approximate' ? 'map.basisApproximate' : 'map.basis', {
            count: overview.photos,
            formatted: formatCount(overview.photos),
            backbone: overview.backbone ?? '',
          })}
        </p>
      </PanelSection>
    </>
  );
}

function CategoryName({ category: { key, name } }: { category: Category }) {
  const { t } = useTranslation();
  const coloring = useStudioStore('map', (state) => state.coloring);
  const numbers = {
    split: ['none', 'train', 'validation', 'test'],
    agreement: ['unknown', 'agrees', 'disagrees'],
  } as const;
  const text = () => {
    if (name !== undefined) return name;
    if (coloring === 'split') return t(`map.splits.${numbers.split[key] ?? 'none'}`);
    if (coloring === 'agreement') {
      return t(`map.agreements.${numbers.agreement[key] ?? 'unknown'}`);
    }
    return t(coloring === 'label' ? 'map.unlabeled' : 'map.notSuggested');
  };
  return <span className={classes.name}>{text()}</span>;
}
