import { Button, SegmentedControl } from '@mantine/core';
import { IconDeviceMobileDown } from '@tabler/icons-react';
import { correctionStates } from '@shared/domain/correction';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { readyCorrections } from '../../stores/corrections-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { notifyDone } from '../../ui/notify';
import classes from './CorrectionsPlace.module.css';
import { acceptAll, forgetDismissed } from './decide';

/** Which corrections are looked at, and those that need no second look all at once. */
export function CorrectionsToolbar() {
  const { t } = useTranslation();
  const studio = useStudio();
  const state = useStudioStore('corrections', (corrections) => corrections.state);
  const counts = useStudioStore('corrections', (corrections) => corrections.counts);
  const ready = useStudioStore(
    'corrections',
    (corrections) => readyCorrections(corrections).length,
  );
  const { show, readPhones } = studio.stores.corrections.getState();
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('corrections.states.name')}
        value={state}
        onChange={(value) => void attempt(() => show(value))}
        data={correctionStates.map((value) => ({
          value,
          label: t(`corrections.states.${value}`, { formatted: formatCount(counts[value]) }),
        }))}
      />
      <span className={classes.space} />
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconDeviceMobileDown size={14} aria-hidden />}
        onClick={() => void attempt(async () => notifyDone(await readPhones()))}
      >
        {t('corrections.readPhones')}
      </Button>
      {state === 'dismissed' && counts.dismissed > 0 && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => void attempt(() => forgetDismissed(studio))}
        >
          {t('corrections.actions.forgetDismissed')}
        </Button>
      )}
      {ready > 1 && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => void attempt(() => acceptAll(studio))}
        >
          {t('corrections.acceptAll', { count: ready, formatted: formatCount(ready) })}
        </Button>
      )}
    </>
  );
}
