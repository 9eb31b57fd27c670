import type { PhotoId } from '@shared/domain/photo';
import { usePhotoUrl } from '../../stores/use-photo-url';
import type { HeatPair } from './heat-maps';
import { HeatMap } from './HeatMap';
import classes from './HeatPairView.module.css';
import type { ModelPair } from './model-pair';

interface HeatPairViewProps {
  heat: HeatPair;
  photoId: PhotoId;
  pair: Pick<ModelPair, 'firstName' | 'secondName'>;
}

/** What both models look at, side by side and on one scale. */
export function HeatPairView({ heat, photoId, pair }: HeatPairViewProps) {
  const photo = usePhotoUrl()(photoId, 'thumbnail');
  const [first, second] = heat.maps;
  return (
    <span className={classes.pair}>
      {(
        [
          [pair.firstName, first],
          [pair.secondName, second],
        ] as const
      ).map(([name, map]) => (
        <span key={name} className={classes.one}>
          <HeatMap photo={photo} map={map} hottest={heat.hottest} name={name} />
          <span className={classes.name}>{name}</span>
        </span>
      ))}
    </span>
  );
}
