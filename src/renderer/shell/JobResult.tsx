import { Button } from '@mantine/core';
import type { Job, JobKind } from '@shared/domain/job';
import { useTranslation } from 'react-i18next';
import type { PlaceId } from '../stores/view-store';
import { attempt } from '../ui/attempt';
import { useStudio } from '../stores/use-studio';

/** Where what a job made is looked at. */
const placeOf: Partial<Record<JobKind, PlaceId>> = {
  analyze: 'issues',
  map: 'map',
  train: 'train',
  quantize: 'train',
  climb: 'train',
  compare: 'compare',
  'read-feedback': 'corrections',
};

/** The way from a finished job to what it made. */
export function JobResult({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { host, stores } = useStudio();
  if (job.state !== 'done') return undefined;
  const { set, goTo } = stores.view.getState();
  const { importId, exportId, archiveId, path } = job.result ?? {};
  const archive = exportId ?? archiveId;
  const place = placeOf[job.kind];

  if (importId !== undefined) {
    const show = () => {
      goTo('photos');
      set({ importReport: { importId } });
    };
    return (
      <Button variant="default" size="compact-xs" onClick={show}>
        {t('shell.tray.report')}
      </Button>
    );
  }
  if (archive !== undefined) {
    return (
      <Button
        variant="default"
        size="compact-xs"
        component="a"
        href={host.mediaUrl(`export/${archive}.zip`)}
        download
      >
        {t('shell.tray.download')}
      </Button>
    );
  }
  const showResult = host.showJobResult?.bind(host);
  if (path !== undefined && showResult) {
    return (
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => void attempt(() => showResult(job.id))}
      >
        {t('shell.tray.showFolder')}
      </Button>
    );
  }
  if (place === undefined) return undefined;
  return (
    <Button variant="default" size="compact-xs" onClick={() => goTo(place)}>
      {t('shell.tray.open')}
    </Button>
  );
}
