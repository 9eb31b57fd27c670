import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyEdited } from '../../../actions/notify-edited';
import { formatCount } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './SplitNotes.module.css';

/** What would make a test say too much or nothing at all, and what to do about it. */
export function SplitNotes() {
  const { t } = useTranslation();
  const studio = useStudio();
  const state = useStudioStore('splits', (splits) => splits.state);
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  if (!state) return undefined;
  const { straddling, heldOut } = state;
  const untested = labels?.filter(({ id }) => state.withoutTest.includes(id)) ?? [];
  return (
    <>
      {straddling > 0 && (
        <Note>
          {t('library.splits.straddling', {
            count: straddling,
            formatted: formatCount(straddling),
          })}
          <Button
            variant="default"
            size="compact-xs"
            onClick={() =>
              void attempt(async () => notifyEdited(studio, await studio.edits.keepTogether()))
            }
          >
            {t('library.splits.keepTogether')}
          </Button>
        </Note>
      )}
      {heldOut > 0 && (
        <Note>
          {t('library.splits.heldOut', { count: heldOut, formatted: formatCount(heldOut) })}
        </Note>
      )}
      {untested.length > 0 && (
        <Note>
          {t('library.splits.withoutTest', {
            labels: untested.map(({ name }) => name).join(', '),
          })}
        </Note>
      )}
    </>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <div className={classes.note} role="note">
      <IconAlertTriangle className={classes.icon} size={14} stroke={1.6} aria-hidden />
      <div className={classes.text}>{children}</div>
    </div>
  );
}
