import { Button } from '@mantine/core';
import { IconChecks, IconPhoto } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { currentPhoto } from '../../stores/labeling-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { EmptyState } from '../../ui/EmptyState';
import { PlaceFrame } from '../../ui/PlaceFrame';
import { LabelingPanel } from './LabelingPanel';
import { LabelingPhoto } from './LabelingPhoto';
import { LabelingToolbar } from './LabelingToolbar';

/** One photo after the other: look, press a key, the next one is there. */
export function LabelingPlace() {
  const { stores } = useStudio();
  const isEmpty = useStudioStore('dataset', ({ summary }) => summary?.total === 0);
  const isWaiting = useStudioStore('labeling', ({ queue }) => queue === undefined);
  const isAtEnd = useStudioStore(
    'labeling',
    ({ queue, position }) => queue !== undefined && position >= queue.length,
  );
  const photoId = useStudioStore('labeling', currentPhoto);

  // Coming here starts a round, unless one is under way; photos may have arrived since the last.
  useEffect(() => {
    const { queue, position, start, source } = stores.labeling.getState();
    if (!queue || position >= queue.length) void attempt(() => start(source));
  }, [stores]);

  if (isEmpty) {
    return (
      <PlaceFrame>
        <NoPhotos />
      </PlaceFrame>
    );
  }
  return (
    <PlaceFrame
      toolbar={<LabelingToolbar />}
      right={photoId !== undefined && <LabelingPanel photoId={photoId} />}
    >
      {photoId !== undefined && <LabelingPhoto photoId={photoId} />}
      {!isWaiting && isAtEnd && <RoundDone />}
    </PlaceFrame>
  );
}

function NoPhotos() {
  const { t } = useTranslation();
  const goTo = useStudioStore('view', (view) => view.goTo);
  return (
    <EmptyState
      icon={<IconPhoto size={34} stroke={1.4} aria-hidden />}
      title={t('labeling.empty.title')}
      text={t('labeling.empty.text')}
    >
      <Button size="sm" onClick={() => goTo('photos')}>
        {t('labeling.empty.button')}
      </Button>
    </EmptyState>
  );
}

function RoundDone() {
  const { t } = useTranslation();
  const goTo = useStudioStore('view', (view) => view.goTo);
  const start = useStudioStore('labeling', (state) => state.start);
  const unlabeled = useStudioStore('dataset', ({ summary }) => summary?.unlabeled ?? 0);
  const isAllDone = unlabeled === 0;
  return (
    <EmptyState
      icon={<IconChecks size={34} stroke={1.4} aria-hidden />}
      title={t(isAllDone ? 'labeling.done.title' : 'labeling.done.skippedTitle')}
      text={
        isAllDone ? t('labeling.done.text') : t('labeling.done.skippedText', { count: unlabeled })
      }
    >
      {isAllDone ? (
        <Button size="sm" onClick={() => goTo('train')}>
          {t('labeling.done.train')}
        </Button>
      ) : (
        <Button size="sm" onClick={() => void attempt(() => start('unlabeled'))}>
          {t('labeling.done.again')}
        </Button>
      )}
      <Button size="sm" variant="default" onClick={() => goTo('photos')}>
        {t('labeling.done.photos')}
      </Button>
    </EmptyState>
  );
}
