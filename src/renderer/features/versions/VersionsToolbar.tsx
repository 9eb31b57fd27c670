import { Button, Select } from '@mantine/core';
import type { VersionSide } from '@shared/domain/dataset-version';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { currentVersion } from '../../stores/versions-store';
import { attempt } from '../../ui/attempt';
import { sideTitle } from './version-name';
import { freezeNow, openInGrid } from './version-steps';
import classes from './VersionsToolbar.module.css';

/** What the version is held against, and what can be done. */
export function VersionsToolbar() {
  const { t } = useTranslation();
  const studio = useStudio();
  const { askRestore, compareWith } = studio.stores.versions.getState();
  const versions = useStudioStore('versions', (state) => state.versions) ?? [];
  const currentId = useStudioStore('versions', (state) => currentVersion(state)?.id);
  const against = useStudioStore('versions', (state) => state.against);
  const isEmpty = useStudioStore('versions', ({ changes }) => changes.length === 0);
  const sides: VersionSide[] = ['now', ...versions.map(({ id }) => id)];
  const others = sides.filter((side) => side !== currentId);
  const shown = others.find((side) => side === against) ?? 'now';
  return (
    <>
      <label className={classes.against}>
        {t('versions.against')}
        <Select
          w={190}
          allowDeselect={false}
          aria-label={t('versions.against')}
          data={others.map((side) => ({ value: side, label: sideTitle(side) }))}
          value={shown}
          onChange={(side) => side && void attempt(() => compareWith(side))}
        />
      </label>
      <span className={classes.space} />
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        disabled={isEmpty}
        onClick={() => openInGrid(studio)}
      >
        {t('versions.actions.openInGrid')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => void attempt(askRestore)}>
        {t('versions.actions.restore')}
      </Button>
      <Button size="compact-sm" onClick={() => void attempt(() => freezeNow(studio))}>
        {t('versions.actions.freeze')}
      </Button>
    </>
  );
}
