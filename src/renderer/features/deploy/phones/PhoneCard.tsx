import { Badge, Button } from '@mantine/core';
import { companionTarget, type Deployment } from '@shared/domain/deployment';
import { deviceRemedy } from '@shared/domain/device-remedy';
import { isFinished, type JobId } from '@shared/domain/job';
import type { ModelId } from '@shared/domain/model';
import { IconDeviceMobile, IconDownload, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../i18n/format';
import { chosenTarget } from '../../../stores/phones-store';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { JobNotice } from '../../../ui/JobNotice';
import { DeploymentFacts } from './DeploymentFacts';
import { MeasureOnPhone } from './MeasureOnPhone';
import classes from './PhonesPanel.module.css';
import type { ShownPhone } from './shown-phones';

interface PhoneCardProps {
  phone: ShownPhone;
  modelIds: ModelId[];
  /** What it runs, one a target. */
  current: readonly Deployment[];
  /** Of its newest push since the project was opened. */
  jobId: JobId | undefined;
}

export function PhoneCard({ phone, modelIds, current, jobId }: PhoneCardProps) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { push, installAndPush } = stores.phones.getState();
  const targetId = useStudioStore('phones', chosenTarget);
  const job = useStudioStore('jobs', ({ jobs }) => jobs.find(({ id }) => id === jobId));
  const isPushing = job !== undefined && !isFinished(job);
  const { id, name, platform, osVersion, connection, state } = phone;
  const canInstall = state === 'ready' && platform === 'android' && targetId === companionTarget.id;
  const facts = [
    [t(`phones.platform.${platform}`), osVersion].filter(Boolean).join(' '),
    connection && t(`phones.connection.${connection}`),
  ];
  return (
    <li className={classes.card} aria-label={name}>
      <header className={classes.cardHeader}>
        <IconDeviceMobile size={22} stroke={1.4} aria-hidden />
        <div className={classes.names}>
          <h4 className={classes.name}>{name}</h4>
          <p className={classes.facts}>{facts.filter(Boolean).join(' · ')}</p>
        </div>
        <Badge variant="light" color={colorOf(state)} role="status">
          {t(`phones.state.${state}`)}
        </Badge>
        {canInstall && (
          <Button
            variant="default"
            leftSection={<IconDownload size={14} />}
            disabled={isPushing}
            onClick={() => void attempt(() => installAndPush(modelIds, id))}
          >
            {t('phones.install')}
          </Button>
        )}
        {state === 'ready' && (
          <Button
            leftSection={<IconSend size={14} />}
            disabled={isPushing}
            onClick={() => void attempt(() => push(modelIds, [id]))}
          >
            {t('phones.push')}
          </Button>
        )}
      </header>
      {state !== 'ready' && state !== 'away' && <Remedy phone={phone} state={state} />}
      <JobNotice job={job} commands={stores.jobs.getState()} />
      {isPushing && job.total !== undefined && (
        <p className={classes.dim}>
          {t('phones.bytes', { done: formatBytes(job.done), total: formatBytes(job.total) })}
        </p>
      )}
      {current.map((deployment) => (
        <DeploymentFacts
          key={deployment.id}
          deployment={deployment}
          canRollBack={state === 'ready' && !isPushing}
        />
      ))}
      <MeasureOnPhone deviceId={id} modelIds={modelIds} isFree={state === 'ready' && !isPushing} />
    </li>
  );
}

const colorOf = (state: ShownPhone['state']): string => {
  if (state === 'ready') return 'green';
  return state === 'away' ? 'gray' : 'yellow';
};

function Remedy({
  phone,
  state,
}: {
  phone: ShownPhone;
  state: Exclude<ShownPhone['state'], 'away'>;
}) {
  const { says, steps } = deviceRemedy({ ...phone, state });
  return (
    <div>
      <p className={classes.text}>{says}</p>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
