import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ShownChange } from '../../stores/versions-store';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { LabelChip } from '../../ui/LabelChip';
import { PhotoTile } from '../../ui/PhotoTile';
import classes from './ChangeTile.module.css';

interface ChangeTileProps {
  change: ShownChange;
  index: number;
}

/** One photo with its label and split before and after; only what changed is said twice. */
export function ChangeTile({ change, index }: ChangeTileProps) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const photoUrl = usePhotoUrl();
  const isFocused = useStudioStore('versions', ({ focus }) => focus === index);
  const { photoId, photo, before, after, absence } = change;
  const labels = [before?.label, after?.label].filter((label) => label !== undefined);
  const splits = [before?.split, after?.split].filter((split) => split !== undefined);
  return (
    <PhotoTile
      source={photo && photoUrl(photoId, 'thumbnail')}
      alt={photo?.fileName ?? t('versions.goneAlt')}
      isSelected={isFocused}
      isFocused={isFocused}
      mark={absence && t(`versions.absence.${absence}`)}
      onClick={() => stores.versions.getState().setFocus(index)}
      onOpen={() => stores.view.getState().set({ lookedAt: photoId })}
    >
      <span className={classes.line}>
        {[...new Set(labels)].map((label, position) => (
          <span key={label} className={classes.part}>
            {position > 0 && <Arrow />}
            <NamedLabel name={label} />
          </span>
        ))}
      </span>
      <span className={classes.splits}>
        {[...new Set(splits)].map((split, position) => (
          <span key={split} className={classes.part}>
            {position > 0 && <Arrow />}
            {t(`library.splitMark.${split}`)}
          </span>
        ))}
      </span>
    </PhotoTile>
  );
}

function Arrow() {
  const { t } = useTranslation();
  return <IconArrowRight size={13} className={classes.arrow} aria-label={t('versions.becomes')} />;
}

/** In its color, when there still is a label of that name. */
function NamedLabel({ name }: { name: string }) {
  const color = useStudioStore('dataset', ({ summary }) =>
    summary?.labels.find((label) => label.name === name),
  )?.color;
  return <LabelChip label={{ name, color: color ?? 'var(--studio-dim)' }} />;
}
