import { LineChart } from '@mantine/charts';
import { Table } from '@mantine/core';
import { type LearningCurve, verdictOfCurve } from '@shared/domain/learning-curve';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent, formatPoints } from '../../../i18n/format';
import { useCall } from '../../../stores/use-call';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { TrialDialog } from './TrialDialog';
import classes from './TrialDialog.module.css';
import { useTrialProvenance } from './use-trial-provenance';

/** Would more photos help, and of which labels? */
export function LearningCurveDialog() {
  const { t } = useTranslation();
  const { client } = useStudio();
  const settings = useStudioStore('training', (state) => state.settings);
  const state = useStudioStore(
    'jobs',
    ({ jobs }) => jobs.find(({ kind }) => kind === 'learning-curve')?.state,
  );
  const { value } = useCall('headTrials.curve', {}, state);
  return (
    <TrialDialog
      kind="learning-curve"
      open={t('headTrials.curve.open')}
      title={t('headTrials.curve.title')}
      text={t('headTrials.curve.text')}
      start={t(value?.curve ? 'headTrials.curve.again' : 'headTrials.curve.measure')}
      onStart={() => client.call('headTrials.measureCurve', { settings })}
    >
      {value?.curve && <Curve curve={value.curve} />}
    </TrialDialog>
  );
}

/** Whole tens of percent below the lowest end of an interval. */
const floorOf = (curve: LearningCurve): number => {
  const lowest = Math.min(...curve.steps.map(({ accuracy }) => accuracy.interval.low));
  return Math.max(0, Math.floor(lowest * 10) * 10);
};

function Curve({ curve }: { curve: LearningCurve }) {
  const { t } = useTranslation();
  const provenance = useTrialProvenance();
  const { steps, labels, lastDoubling, folds } = curve;
  const { mean, interval } = lastDoubling;
  const values = steps.map(({ photos, accuracy }) =>
    t('headTrials.curve.value', {
      photos: formatCount(photos),
      accuracy: formatPercent(accuracy.mean),
    }),
  );
  return (
    <>
      <p className={classes.verdict} role="status">
        {t(`headTrials.curve.verdicts.${verdictOfCurve(curve)}`, {
          gain: formatPoints(mean),
          low: formatPoints(interval.low),
          high: formatPoints(interval.high),
        })}
      </p>
      <div role="img" aria-label={t('headTrials.curve.chart', { values: values.join(', ') })}>
        <LineChart
          h={220}
          data={steps.map(({ photos, accuracy }) => ({
            photos,
            low: Math.max(0, accuracy.interval.low) * 100,
            mean: accuracy.mean * 100,
            high: Math.min(1, accuracy.interval.high) * 100,
          }))}
          dataKey="photos"
          series={[
            { name: 'high', color: 'var(--studio-dim)', strokeDasharray: '3 3' },
            { name: 'mean', color: 'var(--studio-accent)' },
            { name: 'low', color: 'var(--studio-dim)', strokeDasharray: '3 3' },
          ]}
          curveType="linear"
          withTooltip={false}
          strokeWidth={1.75}
          gridAxis="y"
          unit="%"
          xAxisLabel={t('headTrials.curve.axis')}
          yAxisProps={{ width: 48, domain: [floorOf(curve), 100] }}
          xAxisProps={{
            type: 'number',
            scale: 'log',
            domain: ['dataMin', 'dataMax'],
            ticks: steps.map(({ photos }) => photos),
          }}
          lineProps={{ isAnimationActive: false }}
        />
      </div>
      <Table className={classes.table} verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('headTrials.curve.label')}</Table.Th>
            <Table.Th ta="right">{t('headTrials.curve.photos')}</Table.Th>
            <Table.Th ta="right">{t('headTrials.curve.half')}</Table.Th>
            <Table.Th ta="right">{t('headTrials.curve.whole')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {labels.map(({ label, photos, half, whole }) => (
            <Table.Tr key={label}>
              <Table.Td>{label}</Table.Td>
              <Table.Td ta="right">{formatCount(photos)}</Table.Td>
              <Table.Td ta="right">{formatPercent(half)}</Table.Td>
              <Table.Td ta="right">{formatPercent(whole)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <p className={classes.provenance}>{provenance(curve, folds)}</p>
    </>
  );
}
