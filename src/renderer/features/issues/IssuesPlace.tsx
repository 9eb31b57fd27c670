import { Button } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { EmptyState } from '../../ui/EmptyState';
import { JobNotice } from '../../ui/JobNotice';
import { PlaceFrame } from '../../ui/PlaceFrame';
import { IssueGallery } from './IssueGallery';
import { IssueKinds } from './IssueKinds';
import { IssuesToolbar } from './IssuesToolbar';
import { LookedAt } from './LookedAt';
import classes from './IssuesPlace.module.css';

/** What is wrong with the data set: kinds at the left, the photos of one kind in the middle. */
export function IssuesPlace() {
  const { t } = useTranslation();
  const { client } = useStudio();
  const overview = useStudioStore('issues', (state) => state.overview);
  const isEmpty = useStudioStore('dataset', ({ summary }) => summary?.total === 0);
  if (!overview) return <PlaceFrame>{undefined}</PlaceFrame>;
  const isNew = overview.analyzedAt === undefined;
  return (
    <PlaceFrame
      toolbar={!isNew && <IssuesToolbar />}
      left={!isNew && <IssueKinds overview={overview} />}
    >
      <div className={classes.content}>
        <AnalyzeNotice />
        {isNew ? (
          <EmptyState
            icon={<IconChecklist size={34} stroke={1.4} aria-hidden />}
            title={t('issues.empty.title')}
            text={t(isEmpty ? 'issues.empty.noPhotos' : 'issues.empty.text')}
          >
            <Button
              size="sm"
              disabled={isEmpty}
              onClick={() => void attempt(() => client.call('issues.analyze', {}))}
            >
              {t('issues.actions.analyze')}
            </Button>
          </EmptyState>
        ) : (
          <IssueGallery />
        )}
      </div>
      <LookedAt />
    </PlaceFrame>
  );
}

function AnalyzeNotice() {
  const { stores } = useStudio();
  const job = useStudioStore('jobs', ({ jobs }) => jobs.find(({ kind }) => kind === 'analyze'));
  return <JobNotice job={job} commands={stores.jobs.getState()} />;
}
