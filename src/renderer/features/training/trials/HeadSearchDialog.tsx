import { Button, Table } from '@mantine/core';
import {
  type HeadSearch,
  type HeadTrial,
  sameHead,
  searchedSettings,
} from '@shared/domain/head-search';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatPercent, formatPoints } from '../../../i18n/format';
import { useCall } from '../../../stores/use-call';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { TrialDialog } from './TrialDialog';
import classes from './TrialDialog.module.css';
import { useTrialProvenance } from './use-trial-provenance';

/** Rows shown: those after them were given up early. */
const best = 8;

/** Which settings suit these photos? */
export function HeadSearchDialog() {
  const { t } = useTranslation();
  const { client } = useStudio();
  const settings = useStudioStore('training', (state) => state.settings);
  const state = useStudioStore(
    'jobs',
    ({ jobs }) => jobs.find(({ kind }) => kind === 'search-head')?.state,
  );
  const { value } = useCall('headTrials.lastSearch', {}, state);
  return (
    <TrialDialog
      kind="search-head"
      open={t('headTrials.search.open')}
      title={t('headTrials.search.title')}
      text={t('headTrials.search.text')}
      start={t(value?.search ? 'headTrials.search.again' : 'headTrials.search.start')}
      onStart={() => client.call('headTrials.search', { settings })}
    >
      {value?.search && <Trials search={value.search} />}
    </TrialDialog>
  );
}

function Trials({ search }: { search: HeadSearch }) {
  const { t } = useTranslation();
  const provenance = useTrialProvenance();
  const { trials, current, gain, planned, seconds } = search;
  const { mean, interval } = gain;
  const made = trials.reduce((sum, { folds }) => sum + folds, 0);
  return (
    <>
      <p className={classes.verdict} role="status">
        {interval.low > 0
          ? t('headTrials.search.clear', {
              gain: formatPoints(mean),
              low: formatPoints(interval.low),
              high: formatPoints(interval.high),
            })
          : t('headTrials.search.unclear')}{' '}
        {t('headTrials.search.flattering')}
      </p>
      <Table className={classes.table} verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            {searchedSettings.map((key) => (
              <Table.Th key={key} ta="right">
                {t(`training.settings.${key}.name`)}
              </Table.Th>
            ))}
            <Table.Th ta="right">{t('headTrials.search.right')}</Table.Th>
            <Table.Th ta="right">{t('headTrials.search.loss')}</Table.Th>
            <Table.Th ta="right">{t('headTrials.search.folds')}</Table.Th>
            <Table.Th aria-hidden />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {trials.slice(0, best).map((trial) => (
            <TrialRow
              key={JSON.stringify(trial.settings)}
              trial={trial}
              isCurrent={sameHead(trial.settings, current.settings)}
            />
          ))}
        </Table.Tbody>
      </Table>
      <p className={classes.provenance}>
        {t('headTrials.search.made', { made, planned, duration: formatDuration(seconds * 1000) })}
        {' · '}
        {provenance(search, Math.max(...trials.map(({ folds }) => folds)))}
      </p>
    </>
  );
}

function TrialRow({ trial, isCurrent }: { trial: HeadTrial; isCurrent: boolean }) {
  const { t } = useTranslation();
  const { change } = useStudio().stores.training.getState();
  const settings = useStudioStore('training', (state) => state.settings);
  const isUsed = sameHead(trial.settings, settings);
  return (
    <Table.Tr>
      {searchedSettings.map((key) => (
        <Table.Td key={key} ta="right">
          {trial.settings[key]}
        </Table.Td>
      ))}
      <Table.Td ta="right">{formatPercent(trial.correct / trial.judged)}</Table.Td>
      <Table.Td ta="right">{trial.loss.toFixed(3)}</Table.Td>
      <Table.Td ta="right">{trial.folds}</Table.Td>
      <Table.Td>
        <Button
          size="compact-xs"
          variant="default"
          disabled={isUsed}
          onClick={() => {
            const { learningRate, hiddenUnits, dropout, labelSmoothing } = trial.settings;
            change({ learningRate, hiddenUnits, dropout, labelSmoothing });
          }}
        >
          {t(isUsed ? 'headTrials.search.used' : 'headTrials.search.use')}
        </Button>{' '}
        {isCurrent && t('headTrials.search.current')}
      </Table.Td>
    </Table.Tr>
  );
}
