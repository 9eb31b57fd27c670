import type { PhonePhoto } from '@shared/api/phone-photos-api';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDateTime } from '../../i18n/format';
import { useStudio } from '../../stores/use-studio';
import classes from './PhonePhotos.module.css';

interface PhonePhotoGridProps {
  photos: readonly PhonePhoto[];
  /** Ids. */
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}

/** Thumbnails that a click chooses; with Shift all from the last one on. */
export function PhonePhotoGrid({ photos, chosen, onChoose }: PhonePhotoGridProps) {
  const { t } = useTranslation();
  const anchor = useRef(0);

  function choose(index: number, extend: boolean) {
    const next = new Set(chosen);
    const [from, to] = extend ? [anchor.current, index].sort((a, b) => a - b) : [index, index];
    const isAdding = !chosen.has(photos[index]?.id ?? '');
    for (const { id } of photos.slice(from, (to ?? index) + 1)) {
      if (isAdding) next.add(id);
      else next.delete(id);
    }
    anchor.current = index;
    onChoose(next);
  }

  return (
    <div className={classes.grid} role="group" aria-label={t('phonePhotos.photos')}>
      {photos.map((photo, index) => (
        <Tile
          key={photo.id}
          photo={photo}
          isChosen={chosen.has(photo.id)}
          onClick={(extend) => choose(index, extend)}
        />
      ))}
    </div>
  );
}

interface TileProps {
  photo: PhonePhoto;
  isChosen: boolean;
  onClick(extend: boolean): void;
}

function Tile({ photo, isChosen, onClick }: TileProps) {
  const { t } = useTranslation();
  const { host } = useStudio();
  const [isBroken, setIsBroken] = useState(false);
  const { id, fileName, modifiedAt, bytes, isNew } = photo;
  const facts = [fileName, formatDateTime(modifiedAt), formatBytes(bytes)];
  return (
    <button
      type="button"
      className={classes.tile}
      aria-pressed={isChosen}
      aria-label={isNew ? fileName : `${fileName}, ${t('phonePhotos.cameBefore')}`}
      title={facts.join('\n')}
      data-known={!isNew || undefined}
      onClick={(event) => onClick(event.shiftKey)}
    >
      {isBroken ? (
        <span className={classes.name}>{fileName}</span>
      ) : (
        <img
          className={classes.image}
          src={host.mediaUrl(`phone/${id}/thumbnail`)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setIsBroken(true)}
        />
      )}
      {!isNew && <span className={classes.mark}>{t('phonePhotos.cameBefore')}</span>}
    </button>
  );
}
