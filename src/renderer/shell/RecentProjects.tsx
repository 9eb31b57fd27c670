import { ActionIcon, UnstyledButton } from '@mantine/core';
import type { RecentProject } from '@shared/domain/project';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatAgo } from '../i18n/format';
import { attempt } from '../ui/attempt';
import { useStudioStore } from '../stores/use-studio';
import classes from './StartScreen.module.css';

export function RecentProjects() {
  const { t } = useTranslation();
  const recent = useStudioStore('project', (state) => state.recent);
  if (recent.length === 0) return <p className={classes.hint}>{t('shell.start.noRecent')}</p>;
  return (
    <ul className={classes.recent}>
      {recent.map((project) => (
        <RecentRow key={project.id} project={project} />
      ))}
    </ul>
  );
}

function RecentRow({ project }: { project: RecentProject }) {
  const { t } = useTranslation();
  const open = useStudioStore('project', (state) => state.open);
  const forget = useStudioStore('project', (state) => state.forget);
  return (
    <li className={classes.recentRow}>
      <UnstyledButton
        className={classes.recentButton}
        disabled={!project.available}
        onClick={() => void attempt(() => open({ recentId: project.id }))}
      >
        <span className={classes.recentName}>{project.name}</span>
        <span className={classes.recentAge}>{formatAgo(project.openedAt)}</span>
        <span className={classes.recentFolder} title={project.folder}>
          {project.available ? project.folder : t('shell.start.gone')}
        </span>
      </UnstyledButton>
      <ActionIcon
        aria-label={t('shell.start.forget', { name: project.name })}
        onClick={() => void attempt(() => forget(project.id))}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}
