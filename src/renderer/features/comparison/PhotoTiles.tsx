import { Badge, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPoints } from '../../i18n/format';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { ProbabilityBar } from '../../ui/ProbabilityBar';
import type { HeatMaps, HeatPair } from './heat-maps';
import { HeatPairView } from './HeatPairView';
import type { ModelPair } from './model-pair';
import type { PhotoChange } from './photo-changes';
import classes from './PhotoTiles.module.css';

/** More are shown on request: thousands of tiles at once would only slow the page. */
const portion = 60;

interface PhotoTilesProps {
  pair: Pick<ModelPair, 'comparison' | 'firstName' | 'secondName'>;
  photos: readonly PhotoChange[];
  /** Shown where there is one. */
  heat?: HeatMaps;
  onOpen(index: number): void;
}

/** Photos with what is true and what both models answered. */
export function PhotoTiles({ pair, photos, heat, onOpen }: PhotoTilesProps) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(portion);
  return (
    <>
      <ul className={classes.tiles}>
        {photos.slice(0, limit).map((photo, index) => (
          <li key={photo.photoId}>
            <PhotoTile
              pair={pair}
              photo={photo}
              heat={heat?.of(photo.photoId)}
              onOpen={() => onOpen(index)}
            />
          </li>
        ))}
      </ul>
      {photos.length > limit && (
        <Button variant="default" mt="sm" onClick={() => setLimit(limit + portion)}>
          {t('comparison.tiles.more', { formatted: formatCount(photos.length - limit) })}
        </Button>
      )}
    </>
  );
}

const kindColors = { lost: 'red', gained: 'green', 'both-wrong': 'gray' } as const;

interface PhotoTileProps {
  pair: PhotoTilesProps['pair'];
  photo: PhotoChange;
  heat: HeatPair | undefined;
  onOpen(): void;
}

function PhotoTile({ pair, photo, heat, onOpen }: PhotoTileProps) {
  const { t } = useTranslation();
  const photoUrl = usePhotoUrl();
  const { labels } = pair.comparison;
  const { first, kind, lostConfidence, photoId, second, truth } = photo;
  const truthName = labels[truth] ?? '';
  return (
    <button type="button" className={classes.tile} onClick={onOpen}>
      <img
        className={classes.thumbnail}
        src={photoUrl(photoId, 'thumbnail')}
        alt={t('comparison.tiles.photo', { id: photoId })}
        loading="lazy"
        decoding="async"
        draggable={false}
      />
      <span className={classes.truth}>
        <span className={classes.truthName} title={truthName}>
          {truthName}
        </span>
        {kind ? (
          <Badge color={kindColors[kind]} tt="none" className={classes.kind}>
            {t(`comparison.flips.kinds.${kind}`)}
          </Badge>
        ) : (
          <span className={classes.shift}>{formatPoints(-lostConfidence)}</span>
        )}
      </span>
      {(
        [
          [pair.firstName, first],
          [pair.secondName, second],
        ] as const
      ).map(([name, { answer, probability }]) => (
        <span key={name} className={classes.answer}>
          <span className={classes.model}>{name}</span>
          <ProbabilityBar
            name={labels[answer] ?? ''}
            probability={probability}
            tone={answer === truth ? 'right' : 'wrong'}
          />
        </span>
      ))}
      {heat && <HeatPairView heat={heat} photoId={photoId} pair={pair} />}
    </button>
  );
}
