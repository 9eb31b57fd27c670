import { Button, Table } from '@mantine/core';
import { type BackboneTrials, clearlyBetter } from '@shared/domain/backbone-trials';
import { useTranslation } from 'react-i18next';
import {
  formatBytes,
  formatMilliseconds,
  formatMillions,
  formatPercent,
  formatPoints,
} from '../../../i18n/format';
import { useCall } from '../../../stores/use-call';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { TrialDialog } from './TrialDialog';
import classes from './TrialDialog.module.css';
import { useTrialProvenance } from './use-trial-provenance';

/** Which backbone suits these photos, and what does each cost? */
export function BackbonesDialog() {
  const { t } = useTranslation();
  const { client } = useStudio();
  const settings = useStudioStore('training', (state) => state.settings);
  const state = useStudioStore(
    'jobs',
    ({ jobs }) => jobs.find(({ kind }) => kind === 'compare-backbones')?.state,
  );
  const { value } = useCall('headTrials.backbones', {}, state);
  return (
    <TrialDialog
      kind="compare-backbones"
      open={t('backboneTrials.open')}
      title={t('backboneTrials.title')}
      text={t('backboneTrials.text')}
      start={t(value?.trials ? 'backboneTrials.again' : 'backboneTrials.start')}
      onStart={() => client.call('headTrials.compareBackbones', { settings })}
    >
      {value?.trials && <Trials found={value.trials} />}
    </TrialDialog>
  );
}

function Trials({ found }: { found: BackboneTrials }) {
  const { t } = useTranslation();
  const { change } = useStudio().stores.training.getState();
  const inUse = useStudioStore('training', ({ settings }) => settings.backbone);
  const provenance = useTrialProvenance();
  const { trials, chosen, runtime, threads, folds } = found;
  const better = clearlyBetter(found);
  const titleOf = (name: string) => trials.find((trial) => trial.name === name)?.title ?? name;
  return (
    <>
      <p className={classes.verdict} role="status">
        {better
          ? t('backboneTrials.better', {
              title: better.title,
              chosen: titleOf(chosen),
              gain: formatPoints(better.gain.mean),
              low: formatPoints(better.gain.interval.low),
              high: formatPoints(better.gain.interval.high),
            })
          : t('backboneTrials.none', { chosen: titleOf(chosen) })}
      </p>
      <Table className={classes.table} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('backboneTrials.backbone')}</Table.Th>
            <Table.Th ta="right">{t('backboneTrials.size')}</Table.Th>
            <Table.Th ta="right">{t('backboneTrials.multiplyAdds')}</Table.Th>
            <Table.Th ta="right">{t('backboneTrials.latency')}</Table.Th>
            <Table.Th ta="right">{t('backboneTrials.right')}</Table.Th>
            <Table.Th ta="right">{t('backboneTrials.interval')}</Table.Th>
            <Table.Th aria-hidden />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {trials.map(({ name, title, bytes, multiplyAdds, latencyMs, accuracy }) => (
            <Table.Tr key={name}>
              <Table.Td>{title}</Table.Td>
              <Table.Td ta="right">{formatBytes(bytes)}</Table.Td>
              <Table.Td ta="right">{formatMillions(multiplyAdds)}</Table.Td>
              <Table.Td
                ta="right"
                title={t('backboneTrials.p95', { p95: formatMilliseconds(latencyMs.p95) })}
              >
                {formatMilliseconds(latencyMs.p50)}
              </Table.Td>
              <Table.Td ta="right">{formatPercent(accuracy.mean)}</Table.Td>
              <Table.Td ta="right">
                {`${formatPercent(accuracy.interval.low)} – ${formatPercent(accuracy.interval.high)}`}
              </Table.Td>
              <Table.Td ta="right">
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={name === inUse}
                  onClick={() => change({ backbone: name })}
                >
                  {t(name === inUse ? 'backboneTrials.used' : 'backboneTrials.use')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <p className={classes.provenance}>
        {provenance(
          { ...found, backbone: t('backboneTrials.ranBy', { runtime, count: threads }) },
          folds,
        )}
      </p>
    </>
  );
}
