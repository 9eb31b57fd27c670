import { Button } from '@mantine/core';
import type { PhotoDetail, PhotoId, PhotoSummary } from '@shared/domain/photo';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount, formatDateTime } from '../../../i18n/format';
import { useCall } from '../../../stores/use-call';
import { usePhotoUrl } from '../../../stores/use-photo-url';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { type Fact, Facts } from '../../../ui/Facts';
import { GeneratedBadge } from '../../../ui/GeneratedBadge';
import { LabelButtons } from '../../../ui/LabelButtons';
import { PanelSection } from '../../../ui/PanelSection';
import { PhotoView } from '../../../ui/PhotoView';
import { ConflictChoice } from '../import/ConflictChoice';
import classes from './Inspector.module.css';
import { libraryEdits } from '../library-edits';
import { FindSimilarButton } from '../suggestions/FindSimilarButton';
import { SuggestedLabel } from '../suggestions/SuggestedLabel';

interface OnePhotoProps {
  photoId: PhotoId;
  /** As the list has it now, edits under way included. */
  summary: PhotoSummary | undefined;
}

export function OnePhoto({ photoId, summary }: OnePhotoProps) {
  const { t } = useTranslation();
  const studio = useStudio();
  const edits = libraryEdits(studio);
  const photoUrl = usePhotoUrl();
  const labels = useStudioStore('dataset', (state) => state.summary?.labels ?? noLabels);
  const generated = useStudioStore('project', (state) => state.project?.generated);
  const loupeOpen = useStudioStore('view', (view) => view.loupeOpen);
  // Asked again when the list has news of the photo.
  const { value: detail } = useCall('dataset.photo', { photoId }, summary);
  const photo = summary ?? detail;
  if (!photo) return undefined;
  return (
    <>
      {!loupeOpen && (
        <div className={classes.preview}>
          <PhotoView
            source={photoUrl(photoId, 'display')}
            preview={photoUrl(photoId, 'thumbnail')}
            alt={photo.fileName}
          />
        </div>
      )}
      <PanelSection title={t('library.inspector.label')}>
        {photo.conflict && <ConflictChoice photoId={photoId} names={photo.conflict} />}
        {photo.labelId === undefined && photo.suggestion && (
          <SuggestedLabel suggestion={photo.suggestion} />
        )}
        <LabelButtons
          labels={labels}
          current={photo.labelId}
          onChoose={(label) => void attempt(() => edits.assign(label.id))}
        />
      </PanelSection>
      <PanelSection>
        <p className={classes.fileName}>{photo.fileName}</p>
        {generated && (
          <div className={classes.badges}>
            <GeneratedBadge />
          </div>
        )}
        <div className={classes.facts}>{detail && <Facts facts={factsOf(detail, t)} />}</div>
      </PanelSection>
      <PanelSection>
        <div className={classes.buttons}>
          <Button
            variant="default"
            disabled={photo.labelId === undefined}
            onClick={() => void attempt(() => edits.assign())}
          >
            {t('actions.clearLabel')}
          </Button>
          <Button
            variant="default"
            onClick={() => void attempt(() => edits.setExcluded(!photo.excluded))}
          >
            {t(photo.excluded ? 'library.inspector.include' : 'library.inspector.exclude')}
          </Button>
          <FindSimilarButton />
        </div>
      </PanelSection>
    </>
  );
}

const noLabels: readonly never[] = [];

function factsOf(photo: PhotoDetail, t: TFunction): Fact[] {
  const { facts, split, folder, stored } = photo;
  const name = (key: FactName) => t(`library.facts.${key}`);
  return [
    { name: name('split'), value: split ? t(`library.split.${split}`) : t('library.facts.none') },
    {
      name: name('size'),
      value: `${formatCount(facts.width)} × ${formatCount(facts.height)}`,
    },
    { name: name('file'), value: `${facts.format.toUpperCase()}, ${formatBytes(photo.bytes)}` },
    { name: name('sharpness'), value: formatCount(facts.sharpness) },
    { name: name('brightness'), value: formatCount(facts.brightness) },
    ...(facts.takenAt ? [{ name: name('taken'), value: formatDateTime(facts.takenAt) }] : []),
    ...(facts.camera ? [{ name: name('camera'), value: facts.camera }] : []),
    {
      name: name('folder'),
      value: folder ?? t('library.facts.stored'),
      title: folder,
    },
    ...(folder && stored ? [{ name: name('copy'), value: t('library.facts.stored') }] : []),
    { name: name('added'), value: formatDateTime(photo.importedAt) },
    { name: name('sha256'), value: photo.sha256.slice(0, 16), title: photo.sha256 },
  ];
}

type FactName =
  | 'split'
  | 'size'
  | 'file'
  | 'sharpness'
  | 'brightness'
  | 'taken'
  | 'camera'
  | 'folder'
  | 'copy'
  | 'added'
  | 'sha256';
