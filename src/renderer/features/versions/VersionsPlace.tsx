import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { currentVersion } from '../../stores/versions-store';
import { attempt } from '../../ui/attempt';
import { EmptyState } from '../../ui/EmptyState';
import { PhotoDialog } from '../../ui/PhotoDialog';
import { PlaceFrame } from '../../ui/PlaceFrame';
import { RestoreDialog } from './RestoreDialog';
import { freezeNow } from './version-steps';
import { VersionChanges } from './VersionChanges';
import { VersionHeader } from './VersionHeader';
import { VersionList } from './VersionList';
import classes from './VersionsPlace.module.css';
import { VersionsToolbar } from './VersionsToolbar';

/** Frozen versions at the left; what became of the photos of one in the middle. */
export function VersionsPlace() {
  const versions = useStudioStore('versions', (state) => state.versions);
  const version = useStudioStore('versions', currentVersion);
  if (!versions) return <PlaceFrame>{undefined}</PlaceFrame>;
  if (!version) return <PlaceFrame>{<NoVersion />}</PlaceFrame>;
  return (
    <PlaceFrame toolbar={<VersionsToolbar />} left={<VersionList versions={versions} />}>
      <div className={classes.content}>
        <VersionHeader key={version.id} version={version} />
        <VersionChanges />
      </div>
      <LookedAt />
      <RestoreDialog />
    </PlaceFrame>
  );
}

function NoVersion() {
  const { t } = useTranslation();
  const studio = useStudio();
  const isUnlabeled = useStudioStore('dataset', ({ summary }) => !summary?.labeled);
  return (
    <EmptyState
      icon={<IconHistory size={34} stroke={1.4} aria-hidden />}
      title={t('versions.empty.title')}
      text={t(isUnlabeled ? 'versions.empty.noPhotos' : 'versions.empty.text')}
    >
      <Button
        size="sm"
        disabled={isUnlabeled}
        onClick={() => void attempt(() => freezeNow(studio))}
      >
        {t('versions.actions.freeze')}
      </Button>
    </EmptyState>
  );
}

function LookedAt() {
  const { stores } = useStudio();
  const photoUrl = usePhotoUrl();
  const photoId = useStudioStore('view', (view) => view.lookedAt);
  const photo = useStudioStore('versions', ({ changes }) =>
    changes.find((change) => change.photoId === photoId),
  )?.photo;
  return (
    <PhotoDialog
      photo={photo}
      photoUrl={photoUrl}
      onClose={() => stores.view.getState().set({ lookedAt: undefined })}
    />
  );
}
