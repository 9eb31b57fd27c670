import { SegmentedControl, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import report from './ComparisonReport.module.css';
import { type HeatMaps, useHeatMaps } from './heat-maps';
import type { ModelPair } from './model-pair';
import { flipKinds, flipsOfKind, largestShifts } from './photo-changes';
import { PhotoTiles } from './PhotoTiles';
import { sectionProps } from './report-sections';

/** Shown when no answer changed: enough to see that nothing hides. */
const shiftsShown = 12;

/** Every photo whose answer changed, the costliest first; without any, those that came closest. */
export function FlipGallery(pair: ModelPair) {
  const { t } = useTranslation();
  const { comparison, difference, secondIndex, firstName, secondName, onOpen } = pair;
  const [kind, setKind] = useState<(typeof flipKinds)[number] | 'all'>('all');
  const { flips } = difference;
  const [isHeatShown, setHeatShown] = useState(flips.length > 0);
  const shifts = largestShifts(comparison.answers, secondIndex, shiftsShown);
  const shown = flips.length === 0 ? shifts : flipsOfKind(flips, kind);
  const heat = useHeatMaps(pair, isHeatShown ? shown : []);
  const heatSwitch = (
    <Switch
      size="xs"
      label={t('comparison.heat.show')}
      checked={isHeatShown}
      onChange={(event) => setHeatShown(event.currentTarget.checked)}
    />
  );
  const title = t('comparison.flips.title', {
    count: flips.length,
    formatted: formatCount(flips.length),
  });
  if (flips.length === 0) {
    return (
      <section {...sectionProps('flips')}>
        <header className={report.sectionHeader}>
          <h3 className={report.sectionTitle}>{t('comparison.flips.none')}</h3>
          {heatSwitch}
        </header>
        <p className={report.hint}>
          {t('comparison.flips.noneHint', {
            count: comparison.answers.length,
            formatted: formatCount(comparison.answers.length),
          })}
        </p>
        <HeatNote heat={heat} isShown={isHeatShown} />
        <PhotoTiles
          pair={pair}
          photos={shifts}
          heat={heat}
          onOpen={(index) => onOpen({ title: t('comparison.flips.shifts'), photos: shifts, index })}
        />
      </section>
    );
  }
  return (
    <section {...sectionProps('flips')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{title}</h3>
        {heatSwitch}
        <SegmentedControl
          aria-label={t('comparison.flips.filter')}
          value={kind}
          data={(['all', ...flipKinds] as const).map((value) => ({
            value,
            label: t('comparison.flips.filterOption', {
              name: t(`comparison.flips.kinds.${value}`),
              count: flipsOfKind(flips, value).length,
            }),
          }))}
          onChange={(value) => setKind(flipKinds.find((known) => known === value) ?? 'all')}
        />
      </header>
      <p className={report.hint}>
        {t('comparison.flips.hint', { first: firstName, second: secondName })}
      </p>
      <HeatNote heat={heat} isShown={isHeatShown} />
      {shown.length === 0 ? (
        <p className={report.note}>{t('comparison.flips.noneOfKind')}</p>
      ) : (
        <PhotoTiles
          pair={pair}
          photos={shown}
          heat={heat}
          onOpen={(index) => onOpen({ title, photos: shown, index })}
        />
      )}
    </section>
  );
}

/** What the colors mean, or why there are none. */
function HeatNote({ heat, isShown }: { heat: HeatMaps; isShown: boolean }) {
  const { t } = useTranslation();
  if (!isShown) return undefined;
  const text = heat.reason
    ? t('comparison.heat.none', { reason: heat.reason })
    : t('comparison.heat.hint');
  return <p className={report.hint}>{text}</p>;
}
