import { Button, NumberInput, Table } from '@mantine/core';
import { isFinished } from '@shared/domain/job';
import type { Model } from '@shared/domain/model';
import type { Ladder, LadderRung } from '@shared/domain/quantization-ladder';
import { IconStairs } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatBytes,
  formatCount,
  formatDateTime,
  formatMilliseconds,
  formatPercent,
} from '../../i18n/format';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { JobNotice } from '../../ui/JobNotice';
import classes from './LadderPanel.module.css';
import panel from './ModelPanel.module.css';

/** Percent points that may be lost, when nobody says otherwise. */
const usualPoints = 0.5;

/** `0.005` gives 0.5, whatever floating point makes of it. */
const pointsOf = (budget: number): number => Number((budget * 100).toFixed(2));

/** Finds the smallest form of a float model that is accurate enough, and shows all it tried. */
export function LadderPanel({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { client, stores } = useStudio();
  const [points, setPoints] = useState(usualPoints);
  const job = useStudioStore('jobs', ({ jobs }) => jobs.find(({ kind }) => kind === 'climb'));
  const { value } = useCall('quantization.ladder', { modelId: model.id }, job?.state);
  const isRunning = job !== undefined && !isFinished(job);
  return (
    <section className={panel.panel} aria-label={t('training.ladder.title')}>
      <h3 className={panel.title}>{t('training.ladder.title')}</h3>
      <p className={panel.hint}>{t('training.ladder.hint')}</p>
      <div className={panel.fields}>
        <NumberInput
          size="xs"
          w={210}
          aria-label={t('training.ladder.budget')}
          prefix={t('training.ladder.budgetPrefix')}
          suffix={t('training.ladder.budgetSuffix')}
          min={0}
          max={50}
          step={0.5}
          decimalScale={1}
          clampBehavior="strict"
          value={points}
          onChange={(entered) => setPoints(typeof entered === 'number' ? entered : usualPoints)}
        />
        <Button
          leftSection={<IconStairs size={14} aria-hidden />}
          disabled={isRunning}
          onClick={() =>
            void attempt(() =>
              client.call('quantization.climb', { modelId: model.id, budget: points / 100 }),
            )
          }
        >
          {t('training.ladder.start')}
        </Button>
      </div>
      <JobNotice job={job} commands={stores.jobs.getState()} />
      {value?.ladder && <Rungs ladder={value.ladder} />}
    </section>
  );
}

function Rungs({ ladder }: { ladder: Ladder }) {
  const { t } = useTranslation();
  const { float, photos, rungs, budget, runtime, at } = ladder;
  const accuracy = (correct: number) =>
    `${formatPercent(correct / photos)} (${formatCount(correct)} / ${formatCount(photos)})`;
  return (
    <>
      <p className={classes.verdict} role="status">
        {ladder.modelId === undefined
          ? t('training.ladder.none', { budget: pointsOf(budget) })
          : t(ladder.wasThere ? 'training.ladder.foundBefore' : 'training.ladder.found', {
              budget: pointsOf(budget),
            })}
      </p>
      <Table className={classes.table} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('training.ladder.form')}</Table.Th>
            <Table.Th ta="right">{t('training.ladder.size')}</Table.Th>
            <Table.Th ta="right">{t('training.ladder.accuracy')}</Table.Th>
            <Table.Th ta="right">{t('training.ladder.latency')}</Table.Th>
            <Table.Th>{t('training.ladder.outcome')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr>
            <Table.Td>{t('training.quantize.names.float32')}</Table.Td>
            <Table.Td ta="right">{formatBytes(float.bytes)}</Table.Td>
            <Table.Td ta="right">{accuracy(float.correct)}</Table.Td>
            <Table.Td ta="right">{formatMilliseconds(float.latencyMs)}</Table.Td>
            <Table.Td />
          </Table.Tr>
          {rungs.map((rung) => (
            <Table.Tr key={JSON.stringify(rung.settings)} data-outcome={rung.outcome}>
              <Table.Td>
                <RungName rung={rung} />
              </Table.Td>
              <Table.Td ta="right">{rung.bytes && formatBytes(rung.bytes)}</Table.Td>
              <Table.Td ta="right">{rung.correct !== undefined && accuracy(rung.correct)}</Table.Td>
              <Table.Td ta="right">
                {rung.latencyMs !== undefined && formatMilliseconds(rung.latencyMs)}
              </Table.Td>
              <Table.Td className={classes.outcome}>
                {rung.reason ?? t(`training.ladder.outcomes.${rung.outcome}`)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <p className={classes.provenance}>
        {t('training.ladder.provenance', {
          photos: formatCount(photos),
          version: ladder.versionId,
          runtime,
          at: formatDateTime(at),
        })}
      </p>
    </>
  );
}

function RungName({ rung: { settings } }: { rung: LadderRung }) {
  const { t } = useTranslation();
  const { precision, biasCorrection, calibration, equalization, roundingSearch, keepFloat } =
    settings;
  const parts = [
    t(`training.quantize.names.${precision}`),
    ...(biasCorrection ? [t('training.ladder.corrected')] : []),
    ...(equalization ? [t('training.ladder.equalized')] : []),
    ...(roundingSearch ? [t('training.ladder.searched')] : []),
    ...(keepFloat.length > 0 ? [t('training.ladder.kept', { count: keepFloat.length })] : []),
    ...(calibration.ranges === 'min-max'
      ? []
      : [t(`training.quantize.rangeRules.${calibration.ranges}`)]),
  ];
  return <span title={keepFloat.join('\n') || undefined}>{parts.join(', ')}</span>;
}
