import { Anchor, Button, Modal } from '@mantine/core';
import type { JobId, JobKind } from '@shared/domain/job';
import { isFinished } from '@shared/domain/job';
import { type ReactNode, useState } from 'react';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { JobNotice } from '../../../ui/JobNotice';
import classes from './TrialDialog.module.css';

interface TrialDialogProps {
  kind: Extract<JobKind, 'learning-curve' | 'search-head' | 'compare-backbones'>;
  open: string;
  title: string;
  text: string;
  start: string;
  onStart(): Promise<{ jobId: JobId }>;
  /** What was found last, if anything was. */
  children: ReactNode;
}

/** A question about training that trains heads to be answered: the link to it and its dialog. */
export function TrialDialog({
  kind,
  open,
  title,
  text,
  start,
  onStart,
  children,
}: TrialDialogProps) {
  const { stores } = useStudio();
  const [isOpen, setOpen] = useState(false);
  const job = useStudioStore('jobs', ({ jobs }) => jobs.find((one) => one.kind === kind));
  return (
    <>
      <Anchor
        component="button"
        type="button"
        size="xs"
        className={classes.link}
        onClick={() => setOpen(true)}
      >
        {open}
      </Anchor>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={title} size="xl">
        <p className={classes.text}>{text}</p>
        <Button
          size="sm"
          disabled={job !== undefined && !isFinished(job)}
          onClick={() => void attempt(onStart)}
        >
          {start}
        </Button>
        <JobNotice job={job} commands={stores.jobs.getState()} />
        {children}
      </Modal>
    </>
  );
}
