import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPoints } from '../../i18n/format';
import { useCall } from '../../stores/use-call';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { PhotoView } from '../../ui/PhotoView';
import { ProbabilityBar } from '../../ui/ProbabilityBar';
import { ToolButton } from '../../ui/ToolButton';
import { useHeatMaps } from './heat-maps';
import { HeatPairView } from './HeatPairView';
import type { ModelPair } from './model-pair';
import type { PhotoChange } from './photo-changes';
import classes from './PhotoLarge.module.css';

/** Probabilities below the first few say nothing. */
const answersShown = 5;

interface PhotoLargeProps {
  photo: PhotoChange;
  index: number;
  total: number;
  pair: Pick<
    ModelPair,
    'comparison' | 'secondIndex' | 'first' | 'second' | 'firstName' | 'secondName'
  >;
  onGoTo(index: number): void;
  /** To the tiles that it was opened from. */
  onBack?(): void;
}

/** A photo as large as it goes, with both models' likeliest answers; arrows go on. */
export function PhotoLarge({ photo, index, total, pair, onGoTo, onBack }: PhotoLargeProps) {
  const { t } = useTranslation();
  const photoUrl = usePhotoUrl();
  const { comparison, secondIndex, firstName, secondName } = pair;
  const { photoId, truth, lostConfidence } = photo;
  const { value: record } = useCall('dataset.photo', { photoId });
  const fileName = record?.id === photoId ? record.fileName : '';
  const truthName = comparison.labels[truth] ?? '';
  const heat = useHeatMaps(pair, [photo]).of(photoId);
  const answer = comparison.answers.find((candidate) => candidate.photoId === photoId);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowLeft' && index > 0) onGoTo(index - 1);
    if (event.key === 'ArrowRight' && index < total - 1) onGoTo(index + 1);
  }

  return (
    <div className={classes.large} onKeyDown={onKeyDown}>
      <div className={classes.stage}>
        <PhotoView
          key={photoId}
          source={photoUrl(photoId, 'display')}
          preview={photoUrl(photoId, 'thumbnail')}
          alt={fileName || t('comparison.tiles.photo', { id: photoId })}
        />
      </div>
      <div className={classes.facts}>
        <div className={classes.steps}>
          <ToolButton
            label={t('comparison.large.previous')}
            keyText="ArrowLeft"
            disabled={index === 0}
            onClick={() => onGoTo(index - 1)}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ToolButton>
          <span className={classes.place} role="status">
            {t('comparison.large.place', {
              index: formatCount(index + 1),
              total: formatCount(total),
            })}
          </span>
          <ToolButton
            data-autofocus
            label={t('comparison.large.next')}
            keyText="ArrowRight"
            disabled={index >= total - 1}
            onClick={() => onGoTo(index + 1)}
          >
            <IconChevronRight size={18} aria-hidden />
          </ToolButton>
          {onBack && (
            <Button variant="default" size="compact-xs" ml="auto" onClick={onBack}>
              {t('comparison.large.all')}
            </Button>
          )}
        </div>
        <div>
          <div className={classes.caption}>{t('comparison.large.truth')}</div>
          <div className={classes.truth}>{truthName}</div>
          <div className={classes.caption}>{fileName}</div>
        </div>
        {(
          [
            [0, firstName],
            [secondIndex, secondName],
          ] as const
        ).map(([modelIndex, name]) => (
          <section key={modelIndex} aria-label={name}>
            <div className={classes.model}>{name}</div>
            {likeliest(answer?.probabilities[modelIndex] ?? []).map(({ label, probability }) => (
              <ProbabilityBar
                key={label}
                name={comparison.labels[label] ?? ''}
                probability={probability}
                tone={label === truth ? 'right' : undefined}
              />
            ))}
          </section>
        ))}
        {heat && <HeatPairView heat={heat} photoId={photoId} pair={pair} />}
        <p className={classes.shift}>
          {t('comparison.large.shift', {
            label: truthName,
            change: formatPoints(-lostConfidence),
            second: secondName,
          })}
        </p>
      </div>
    </div>
  );
}

function likeliest(probabilities: readonly number[]): { label: number; probability: number }[] {
  return probabilities
    .map((probability, label) => ({ label, probability }))
    .sort((a, b) => b.probability - a.probability || a.label - b.label)
    .slice(0, answersShown);
}
