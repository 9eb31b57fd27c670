import { useTranslation } from 'react-i18next';
import type { ShownIssue } from '../../stores/issues-store';
import { selectOnly, toggle } from '../../stores/selection-model';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { LabelChip } from '../../ui/LabelChip';
import { PhotoTile } from '../../ui/PhotoTile';
import { extendSelection } from './extend-selection';
import { IssueFacts } from './IssueFacts';
import classes from './IssueTile.module.css';

interface IssueTileProps {
  issue: ShownIssue;
  index: number;
}

/** One photo with its label and what was found; clicked as in the grid. */
export function IssueTile({ issue, index }: IssueTileProps) {
  const { t } = useTranslation();
  const photoUrl = usePhotoUrl();
  const { stores } = useStudio();
  const { photo, photoId } = issue;
  const isSelected = useStudioStore('issues', ({ selection }) => selection.selected.has(photoId));
  const isFocused = useStudioStore('issues', ({ selection }) => selection.focus?.index === index);
  const label = useStudioStore('dataset', ({ summary }) =>
    summary?.labels.find(({ id }) => id === photo.labelId),
  );
  const spot = { index, id: photoId };

  function click(event: React.MouseEvent): void {
    const { selection, issues, select } = stores.issues.getState();
    const adds = event.ctrlKey || event.metaKey;
    if (event.shiftKey) select(extendSelection(selection, spot, issues, adds));
    else select(adds ? toggle(selection, spot) : selectOnly(spot));
  }

  return (
    <PhotoTile
      source={photoUrl(photoId, 'thumbnail')}
      alt={photo.fileName}
      isSelected={isSelected}
      isFocused={isFocused}
      mark={issue.detail.best && t('issues.best')}
      onClick={click}
      onOpen={() => stores.view.getState().set({ lookedAt: photoId })}
    >
      <span className={classes.label}>
        {label ? <LabelChip label={label} /> : t('issues.unlabeled')}
        {photo.split && (
          <span className={classes.split}>{t(`library.splitMark.${photo.split}`)}</span>
        )}
      </span>
      <IssueFacts issue={issue} />
    </PhotoTile>
  );
}
