import type { PhotoSummary } from '@shared/domain/photo';
import { IconAlertTriangle, IconEyeOff, IconUnlink } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { photoAt } from '../../../stores/photo-pages';
import { usePhotoUrl } from '../../../stores/use-photo-url';
import { useStudioStore } from '../../../stores/use-studio';
import { LabelChip } from '../../../ui/LabelChip';
import { PhotoSuggestion } from '../suggestions/PhotoSuggestion';
import classes from './PhotoCell.module.css';

interface PhotoCellProps {
  index: number;
  column: number;
  size: number;
}

/** Below this many pixels a cell has no room for words. */
const roomForWords = 104;

/** Thumbnails are 320 pixels: above this a cell shows the photo itself. */
const largestThumbnail = 360;

/** One photo of the grid; listens to its own place in the list only. */
export const PhotoCell = memo(function PhotoCell({ index, column, size }: PhotoCellProps) {
  const photo = useStudioStore('photos', ({ pages }) => photoAt(pages, index));
  const isSelected = useStudioStore(
    'selection',
    ({ selected }) => photo !== undefined && selected.has(photo.id),
  );
  const isFocused = useStudioStore('selection', ({ focus }) => focus?.index === index);
  const isPainting = useStudioStore('view', (view) => view.painting);
  return (
    <div
      id={`photo-cell-${index}`}
      className={classes.cell}
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={isSelected}
      data-index={index}
      draggable={isSelected && !isPainting}
      data-focused={isFocused || undefined}
      data-excluded={photo?.excluded || undefined}
      style={{ width: size, height: size }}
    >
      {photo && <CellContent photo={photo} size={size} />}
    </div>
  );
});

function CellContent({ photo, size }: { photo: PhotoSummary; size: number }) {
  const { t } = useTranslation();
  const photoUrl = usePhotoUrl();
  const label = useStudioStore('dataset', ({ summary }) =>
    summary?.labels.find(({ id }) => id === photo.labelId),
  );
  const { id, fileName, split, excluded, missing, conflict, labelId } = photo;
  const suggestion = labelId === undefined ? photo.suggestion : undefined;
  return (
    <>
      <img
        className={classes.image}
        src={photoUrl(id, size > largestThumbnail ? 'display' : 'thumbnail')}
        alt={label ? t('library.grid.labeled', { fileName, label: label.name }) : fileName}
        width={size}
        height={size}
        decoding="async"
        draggable={false}
      />
      <span className={classes.marks}>
        {conflict && <IconAlertTriangle size={15} aria-label={t('library.mark.conflict')} />}
        {missing && <IconUnlink size={15} aria-label={t('library.mark.missing')} />}
        {excluded && <IconEyeOff size={15} aria-label={t('library.mark.excluded')} />}
      </span>
      {(label || split || suggestion) && (
        <span className={classes.foot}>
          {label &&
            (size >= roomForWords ? (
              <LabelChip label={label} />
            ) : (
              <span className={classes.dot} style={{ background: label.color }} />
            ))}
          {suggestion && <PhotoSuggestion suggestion={suggestion} small={size < roomForWords} />}
          {split && size >= roomForWords && (
            <span className={classes.split} data-split={split} title={t(`library.split.${split}`)}>
              {t(`library.splitMark.${split}`)}
            </span>
          )}
        </span>
      )}
    </>
  );
}
