import { Button } from '@mantine/core';
import {
  type Deployment,
  type GoldenCheck,
  type GoldenOutcome,
  previousDeployment,
} from '@shared/domain/deployment';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatMilliseconds } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './PhonesPanel.module.css';

interface DeploymentFactsProps {
  deployment: Deployment;
  canRollBack: boolean;
}

/** What a phone runs in one app, whether it answers as it should, and the way back. */
export function DeploymentFacts({ deployment, canRollBack }: DeploymentFactsProps) {
  const { t } = useTranslation();
  const { rollBack } = useStudio().stores.phones.getState();
  const previous = useStudioStore('phones', ({ deployments }) =>
    previousDeployment(deployments, deployment),
  );
  const { state, check, models, target, at, by, deviceId } = deployment;
  return (
    <div className={classes.deployment}>
      <p className={classes.text}>
        {t('phones.runs', {
          names: namesOf(deployment),
          target: target.name,
          at: formatDateTime(at),
          by,
        })}
      </p>
      <p className={`${classes.text} ${classes.verdict}`} data-state={state} role="status">
        {t(`phones.deployment.${state}`, { count: check?.photos ?? 0 })}
      </p>
      {check?.outcomes.map((outcome) => (
        <Outcome
          key={outcome.modelId}
          check={check}
          outcome={outcome}
          model={models.find(({ modelId }) => modelId === outcome.modelId)?.name ?? ''}
        />
      ))}
      {previous && (
        <div className={classes.row}>
          <span className={classes.dim}>
            {t('phones.historyRow', {
              names: namesOf(previous),
              at: formatDateTime(previous.at),
            })}
          </span>
          <Button
            variant="default"
            flex="none"
            leftSection={<IconArrowBackUp size={14} />}
            disabled={!canRollBack}
            title={t('phones.rollBackTo', { names: namesOf(previous) })}
            onClick={() => void attempt(() => rollBack(deviceId, target.id))}
          >
            {t('phones.rollBack')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface OutcomeProps {
  check: GoldenCheck;
  outcome: GoldenOutcome;
  model: string;
}

function Outcome({ check, outcome, model }: OutcomeProps) {
  const { t } = useTranslation();
  const { largestDifference = 0, sameAnswers = 0, mistakes, problem, runtime, latencyMs } = outcome;
  const values = {
    model,
    difference: largestDifference.toFixed(3),
    bound: check.bound.toFixed(2),
    same: sameAnswers,
    photos: check.photos,
    problem: problem ?? '',
    runtime: runtime ?? '',
    latency: formatMilliseconds(latencyMs?.p50 ?? 0),
  };
  return (
    <>
      <p className={classes.dim}>{t(`phones.outcome.${outcome.outcome}`, values)}</p>
      {outcome.outcome === 'different' && (
        <p className={classes.text}>
          {mistakes.length === 0
            ? t('phones.outcome.unknown')
            : t('phones.outcome.mistakes', {
                count: mistakes.length,
                names: mistakes.map((name) => t(`preprocessing.names.${name}`)).join(', '),
              })}
        </p>
      )}
    </>
  );
}

const namesOf = ({ models }: Deployment) => models.map(({ name }) => name).join(' + ');
