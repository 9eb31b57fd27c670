import { ActionIcon, Tooltip } from '@mantine/core';
import { splits } from '@shared/domain/split';
import { IconAdjustments, IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { notifyEdited } from '../../../actions/notify-edited';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { CountRow } from '../../../ui/CountRow';
import { PanelSection } from '../../../ui/PanelSection';
import { ToolButton } from '../../../ui/ToolButton';
import { SplitNotes } from './SplitNotes';
import classes from './SplitSection.module.css';

/** How many photos each split has, the lock of the test set, and what is not as it should be. */
export function SplitSection() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const summary = useStudioStore('dataset', (state) => state.summary);
  const filter = useStudioStore('photos', (state) => state.filter);
  const { setFilter } = stores.photos.getState();
  if (!summary) return undefined;
  return (
    <PanelSection
      title={t('library.split.title')}
      aside={
        summary.labeled > 0 && (
          <ToolButton
            size={22}
            label={t('library.actions.splitAnew')}
            onClick={() => stores.view.getState().set({ splitEditorOpen: true })}
          >
            <IconAdjustments size={15} stroke={1.6} aria-hidden />
          </ToolButton>
        )
      }
    >
      {splits.map((name) => (
        <div key={name} className={classes.row}>
          <CountRow
            isOn={filter.split === name}
            count={summary.splits[name]}
            onClick={() =>
              setFilter({ ...filter, split: filter.split === name ? undefined : name })
            }
          >
            {t(`library.split.${name}`)}
          </CountRow>
          {name === 'test' && summary.splits.test > 0 && <TestLock />}
        </div>
      ))}
      <SplitNotes />
    </PanelSection>
  );
}

/** Locked, nobody joins or leaves the test set: what models are compared on stays the same. */
function TestLock() {
  const { t } = useTranslation();
  const studio = useStudio();
  const isLocked = useStudioStore('splits', ({ state }) => state?.lockedAt !== undefined);
  const name = t(isLocked ? 'library.splits.unlock' : 'library.splits.lock');
  const Icon = isLocked ? IconLock : IconLockOpen;
  return (
    <Tooltip
      label={t(isLocked ? 'library.splits.lockedHint' : 'library.splits.openHint')}
      w={260}
      multiline
    >
      <ActionIcon
        className={classes.lock}
        size={22}
        aria-label={name}
        aria-pressed={isLocked}
        onClick={() =>
          void attempt(async () => notifyEdited(studio, await studio.edits.lockTest(!isLocked)))
        }
      >
        <Icon size={14} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
