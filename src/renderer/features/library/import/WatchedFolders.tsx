import { Anchor, Button } from '@mantine/core';
import type { WatchedFolder } from '@shared/api/watched-api';
import { IconEye, IconEyeOff, IconEyePause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatCount } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './WatchedFolders.module.css';

const icons = { paused: IconEyePause, gone: IconEyeOff } as const;

/** Folders whose new photos come in by themselves: how each is doing, a line each. */
export function WatchedFolders() {
  const { t } = useTranslation();
  const folders = useStudioStore('watched', (state) => state.folders);
  if (folders.length === 0) return undefined;
  return (
    <ul className={classes.list} aria-label={t('library.watched.name')}>
      {folders.map((folder) => (
        <Line key={folder.id} watched={folder} />
      ))}
    </ul>
  );
}

function Line({ watched }: { watched: WatchedFolder }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { setPaused, remove } = useStudioStore('watched', (state) => state);
  const { id, folder, state, problem, lasting, lastImport } = watched;
  const isPaused = state === 'paused';
  const Icon = state === 'paused' || state === 'gone' ? icons[state] : IconEye;
  const name = folder.split(/[/\\]/).findLast((part) => part !== '') ?? folder;
  return (
    <li className={classes.line} data-state={problem ? 'problem' : state}>
      <Icon className={classes.icon} size={16} stroke={1.6} aria-hidden />
      <span className={classes.name} title={folder}>
        {name}
      </span>
      <span className={classes.state} role="status">
        {[
          problem ?? t(`library.watched.state.${state}`),
          lasting ? undefined : t('library.watched.temporary'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {lastImport && (
        <Anchor
          component="button"
          size="xs"
          c="dimmed"
          onClick={() =>
            stores.view.getState().set({ importReport: { importId: lastImport.importId } })
          }
        >
          {t('library.watched.lastImport', {
            count: lastImport.added,
            formatted: formatCount(lastImport.added),
            ago: formatAgo(lastImport.at),
          })}
        </Anchor>
      )}
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => void attempt(() => setPaused(id, !isPaused))}
      >
        {t(isPaused ? 'library.watched.resume' : 'library.watched.pause')}
      </Button>
      <Button variant="default" size="compact-xs" onClick={() => void attempt(() => remove(id))}>
        {t('library.watched.remove')}
      </Button>
    </li>
  );
}
