import { Button, Table } from '@mantine/core';
import type {
  CalibrationTrial,
  CalibrationTrials as Trials,
} from '@shared/domain/calibration-trials';
import { isFinished } from '@shared/domain/job';
import type { Model, QuantizationSettings } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime, formatPercent } from '../../i18n/format';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { JobNotice } from '../../ui/JobNotice';
import classes from './CalibrationTrials.module.css';
import panel from './ModelPanel.module.css';

interface CalibrationTrialsProps {
  model: Model;
  settings: QuantizationSettings;
  onUse(calibration: Pick<CalibrationTrial, 'choice' | 'ranges'>): void;
}

/** What each choice of calibration photos with each range rule makes of a model: measured when asked. */
export function CalibrationTrials({ model, settings, onUse }: CalibrationTrialsProps) {
  const { t } = useTranslation();
  const { client, stores } = useStudio();
  const job = useStudioStore('jobs', ({ jobs }) =>
    jobs.find(({ kind }) => kind === 'try-calibrations'),
  );
  const { value } = useCall('quantization.calibrations', { modelId: model.id }, job?.state);
  return (
    <div className={classes.trials} role="group" aria-label={t('training.calibrations.title')}>
      <h4 className={classes.title}>{t('training.calibrations.title')}</h4>
      <p className={panel.hint}>{t('training.calibrations.hint')}</p>
      <Button
        variant="default"
        size="compact-sm"
        disabled={job !== undefined && !isFinished(job)}
        onClick={() =>
          void attempt(() =>
            client.call('quantization.tryCalibrations', { modelId: model.id, settings }),
          )
        }
      >
        {t(value?.trials ? 'training.calibrations.again' : 'training.calibrations.start')}
      </Button>
      <JobNotice job={job} commands={stores.jobs.getState()} />
      {value?.trials && <TrialTable found={value.trials} settings={settings} onUse={onUse} />}
    </div>
  );
}

interface TrialTableProps extends Pick<CalibrationTrialsProps, 'settings' | 'onUse'> {
  found: Trials;
}

function TrialTable({ found, settings, onUse }: TrialTableProps) {
  const { t } = useTranslation();
  const { photos, floatCorrect, trials, versionId, runtime, at } = found;
  const { calibration } = settings;
  return (
    <>
      <Table className={classes.table} verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('training.calibrations.photos')}</Table.Th>
            <Table.Th>{t('training.calibrations.ranges')}</Table.Th>
            <Table.Th ta="right">{t('training.calibrations.accuracy')}</Table.Th>
            <Table.Th ta="right">{t('training.calibrations.agreement')}</Table.Th>
            <Table.Th ta="right">{t('training.calibrations.difference')}</Table.Th>
            <Table.Th aria-hidden />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {trials.map(({ choice, ranges, correct, agreement, largestDifference, reason }) => {
            const isUsed = calibration.choice === choice && calibration.ranges === ranges;
            return (
              <Table.Tr key={`${choice} ${ranges}`}>
                <Table.Td>{t(`training.quantize.choices.${choice}`)}</Table.Td>
                <Table.Td>{t(`training.quantize.rangeRules.${ranges}`)}</Table.Td>
                {correct === undefined ? (
                  <Table.Td colSpan={3}>{reason}</Table.Td>
                ) : (
                  <>
                    <Table.Td ta="right">{formatPercent(correct / photos)}</Table.Td>
                    <Table.Td ta="right">
                      {agreement !== undefined && formatPercent(agreement)}
                    </Table.Td>
                    <Table.Td ta="right">{largestDifference?.toFixed(3)}</Table.Td>
                  </>
                )}
                <Table.Td>
                  <Button
                    size="compact-xs"
                    variant="default"
                    disabled={isUsed || correct === undefined}
                    onClick={() => onUse({ choice, ranges })}
                  >
                    {t(isUsed ? 'training.calibrations.used' : 'training.calibrations.use')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <p className={panel.hint}>
        {t('training.calibrations.provenance', {
          accuracy: formatPercent(floatCorrect / photos),
          photos: formatCount(photos),
          version: versionId,
          runtime,
          at: formatDateTime(at),
        })}
      </p>
    </>
  );
}
