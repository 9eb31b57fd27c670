import { useTranslation } from 'react-i18next';
import { indexOfPhoto } from '../../stores/map-store';
import { useCall } from '../../stores/use-call';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { useStudioStore } from '../../stores/use-studio';
import { LabelChip } from '../../ui/LabelChip';
import classes from './MapHover.module.css';
import { useMapLabels } from './use-map-labels';
import type { Hovered } from './use-map-pointer';

const card = { width: 176, height: 196, gap: 14 };

/** The photo under the pointer: what it shows, its name, its label and what is suggested instead. */
export function MapHover({ photoId, x, y }: Hovered) {
  const { t } = useTranslation();
  const photoUrl = usePhotoUrl();
  const size = useStudioStore('map', (state) => state.size);
  const labels = useMapLabels();
  const labelId = useStudioStore(
    'map',
    ({ points, facts }) => points && facts?.labels[indexOfPhoto(points, photoId)],
  );
  const suggestedId = useStudioStore(
    'map',
    ({ points, facts }) => points && facts?.suggestions[indexOfPhoto(points, photoId)],
  );
  const { value } = useCall('dataset.photos', { photoIds: [photoId] });
  const photo = value?.photos[0];
  const label = labels.find(({ id }) => id === labelId);
  const suggested = labels.find(({ id }) => id === suggestedId && id !== labelId);
  const left = x + card.gap + card.width > size.width ? x - card.gap - card.width : x + card.gap;
  const top = Math.max(4, Math.min(size.height - card.height - 4, y + card.gap));
  return (
    <div className={classes.card} style={{ left: Math.max(4, left), top }}>
      <img className={classes.image} src={photoUrl(photoId, 'thumbnail')} alt="" />
      <span className={classes.name}>{photo?.id === photoId ? photo.fileName : ' '}</span>
      <span className={classes.label}>
        {label ? <LabelChip label={label} /> : t('map.unlabeled')}
      </span>
      {suggested && (
        <span className={classes.label}>
          {t('map.suggested')} <LabelChip label={suggested} />
        </span>
      )}
    </div>
  );
}
