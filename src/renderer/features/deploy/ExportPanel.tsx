import { Button } from '@mantine/core';
import type { Model } from '@shared/domain/model';
import { IconDownload, IconPackageExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatBytes, formatCount, formatPercent } from '../../i18n/format';
import { activeJob } from '../../stores/jobs-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { Fact } from '../../ui/Fact';
import { GeneratedBadge } from '../../ui/GeneratedBadge';
import { JobNotice } from '../../ui/JobNotice';
import { KeyCaps } from '../../ui/KeyCaps';
import classes from './ExportPanel.module.css';

/** The chosen model, the button that exports it, and where the last export went. */
export function ExportPanel({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { host, stores } = useStudio();
  const job = useStudioStore(
    'jobs',
    ({ jobs }) => activeJob(jobs, 'export') ?? jobs.find(({ kind }) => kind === 'export'),
  );
  const isGenerated = useStudioStore('project', ({ project }) => project?.generated === true);
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'export') !== undefined);
  const comparison = useStudioStore('comparisons', (state) => state.latest);
  const compared = comparison?.models.find(({ modelId }) => modelId === model.id);
  const split = comparison?.split ?? 'test';
  return (
    <section className={classes.panel} aria-label={t('deploy.actions.export')}>
      <header className={classes.header}>
        <div className={classes.heading}>
          <h2 className={classes.title}>{model.name}</h2>
          {isGenerated && <GeneratedBadge />}
        </div>
        <Button
          size="sm"
          leftSection={<IconPackageExport size={16} />}
          rightSection={<KeyCaps text="mod+Enter" />}
          disabled={isRunning}
          onClick={() => void attempt(() => stores.deploy.getState().exportModel(model.id))}
        >
          {t(host.choosePlace ? 'deploy.exportTo' : 'deploy.actions.export')}
        </Button>
      </header>
      <div className={classes.facts}>
        <Fact name={t('deploy.facts.precision')} value={model.precision} />
        <Fact
          name={t('deploy.facts.size')}
          value={formatBytes(model.bytes)}
          detail={t('deploy.facts.bytes', { formatted: formatCount(model.bytes) })}
        />
        <Fact
          name={t('deploy.facts.labels')}
          value={formatCount(model.preprocessing.labels.length)}
        />
        {compared ? (
          <Fact
            name={t('deploy.facts.accuracy')}
            value={formatPercent(compared.top1)}
            detail={t(`comparison.photosOf.${split}`, {
              count: compared.total,
              formatted: formatCount(compared.total),
            })}
            provenance={compared.provenance}
          />
        ) : (
          <Fact
            name={t('deploy.facts.accuracy')}
            value="–"
            detail={t('deploy.facts.notCompared')}
          />
        )}
      </div>
      <JobNotice job={job} commands={stores.jobs.getState()} />
      {job?.state === 'done' && (
        <div className={classes.done} role="status">
          <span className={classes.what}>
            {t('deploy.done', {
              title: job.title,
              ago: formatAgo(job.finishedAt ?? job.createdAt),
            })}
            {job.result?.['exportId'] === undefined && job.result?.['folder'] !== undefined && (
              <span className={classes.folder}>{job.result['folder']}</span>
            )}
          </span>
          {job.result?.['exportId'] !== undefined && (
            <Button
              component="a"
              variant="default"
              leftSection={<IconDownload size={14} />}
              href={host.mediaUrl(`export/${job.result['exportId']}.zip`)}
              download
            >
              {t('deploy.download')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
