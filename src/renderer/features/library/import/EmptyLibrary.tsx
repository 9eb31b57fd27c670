import { Button } from '@mantine/core';
import { isFinished } from '@shared/domain/job';
import { IconFolderPlus, IconPhotoPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { EmptyState } from '../../../ui/EmptyState';

/** The first thing seen in a new project: what goes here and how. */
export function EmptyLibrary() {
  const { t } = useTranslation();
  const { imports, stores } = useStudio();
  const createSample = useStudioStore('project', (state) => state.createSample);
  const isImporting = useStudioStore('jobs', ({ jobs }) =>
    jobs.some((job) => job.kind === 'import' && !isFinished(job)),
  );
  const icon = <IconPhotoPlus size={34} stroke={1.4} aria-hidden />;
  if (isImporting) {
    return (
      <EmptyState
        icon={icon}
        title={t('library.empty.importing')}
        text={t('library.empty.importingText')}
      />
    );
  }
  return (
    <EmptyState icon={icon} title={t('library.empty.title')} text={t('library.empty.text')}>
      <Button
        size="sm"
        leftSection={<IconFolderPlus size={16} aria-hidden />}
        onClick={() => void attempt(() => imports.fromDialog('folder'))}
      >
        {t('actions.addFolder')}
      </Button>
      <Button
        size="sm"
        variant="default"
        onClick={() => void attempt(() => imports.fromDialog('files'))}
      >
        {t('actions.addFiles')}
      </Button>
      <Button
        size="sm"
        variant="default"
        onClick={() => stores.view.getState().set({ capture: {} })}
      >
        {t('capture.action')}
      </Button>
      <Button size="sm" variant="subtle" color="gray" onClick={() => void attempt(createSample)}>
        {t('shell.start.sample')}
      </Button>
    </EmptyState>
  );
}
