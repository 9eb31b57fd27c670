import { Button } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { currentCorrection } from '../../stores/corrections-store';
import { useStudioStore } from '../../stores/use-studio';
import { EmptyState } from '../../ui/EmptyState';
import { PlaceFrame } from '../../ui/PlaceFrame';
import { CorrectionPanel } from './CorrectionPanel';
import { CorrectionPhoto } from './CorrectionPhoto';
import { CorrectionsToolbar } from './CorrectionsToolbar';

/** What people corrected on phones, one photo after the other: accept, change the label, dismiss. */
export function CorrectionsPlace() {
  const correction = useStudioStore('corrections', currentCorrection);
  const isLoaded = useStudioStore('corrections', ({ corrections }) => corrections !== undefined);
  return (
    <PlaceFrame
      toolbar={<CorrectionsToolbar />}
      right={correction && <CorrectionPanel correction={correction} />}
    >
      {correction && <CorrectionPhoto correction={correction} />}
      {isLoaded && !correction && <NoCorrections />}
    </PlaceFrame>
  );
}

function NoCorrections() {
  const { t } = useTranslation();
  const isInbox = useStudioStore('corrections', ({ state }) => state === 'new');
  const goTo = useStudioStore('view', (view) => view.goTo);
  return (
    <EmptyState
      icon={<IconInbox size={34} stroke={1.4} aria-hidden />}
      title={t(isInbox ? 'corrections.empty.title' : 'corrections.empty.otherTitle')}
      text={t(isInbox ? 'corrections.empty.text' : 'corrections.empty.otherText')}
    >
      {isInbox && (
        <Button size="sm" onClick={() => goTo('deploy')}>
          {t('corrections.empty.button')}
        </Button>
      )}
    </EmptyState>
  );
}
