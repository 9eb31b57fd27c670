import type { Comparison } from '@shared/domain/comparison';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CalibrationSection } from './CalibrationSection';
import { ClassTable } from './ClassTable';
import classes from './ComparisonReport.module.css';
import { ConfusionSection } from './ConfusionSection';
import { CoverageSection } from './CoverageSection';
import { DifferenceSection } from './DifferenceSection';
import { FlipGallery } from './FlipGallery';
import { ModelColumns } from './ModelColumns';
import { PairChoice } from './PairChoice';
import { PhonesSection } from './PhonesSection';
import { type OpenPhotos, PhotosDialog } from './PhotosDialog';
import { ReportHeader } from './ReportHeader';
import { RobustnessSection } from './RobustnessSection';
import { SlicesSection } from './SlicesSection';
import { modelNames } from './model-names';

/** One comparison in full: the sentence first, then everything it rests on. */
export function ComparisonReport({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation();
  const [position, setPosition] = useState(0);
  const [photos, setPhotos] = useState<OpenPhotos>();
  const { differences, models } = comparison;
  const names = modelNames(models);
  const difference = differences[position];
  const secondIndex = models.findIndex(({ modelId }) => modelId === difference?.secondId);
  const second = models[secondIndex];
  const first = models[0];
  if (!first || !second || !difference) return undefined;
  const pair = {
    comparison,
    difference,
    secondIndex,
    first,
    second,
    firstName: names[0] ?? first.name,
    secondName: names[secondIndex] ?? second.name,
    onOpen: setPhotos,
  };
  return (
    <article className={classes.report} aria-label={names.join(', ')}>
      <ReportHeader comparison={comparison} names={names} />
      <ModelColumns comparison={comparison} names={names} />
      <PhonesSection modelIds={models.map(({ modelId }) => modelId)} />
      <PairChoice
        names={differences.map(({ secondId }) =>
          t('comparison.against', {
            first: pair.firstName,
            second: names[models.findIndex(({ modelId }) => modelId === secondId)] ?? secondId,
          }),
        )}
        position={position}
        onChange={setPosition}
      />
      <DifferenceSection {...pair} />
      <FlipGallery key={`flips ${position}`} {...pair} />
      <ClassTable {...pair} />
      <SlicesSection {...pair} names={names} />
      <ConfusionSection {...pair} />
      <CalibrationSection comparison={comparison} names={names} />
      <CoverageSection comparison={comparison} names={names} />
      <RobustnessSection comparison={comparison} names={names} />
      <PhotosDialog {...pair} open={photos} onClose={() => setPhotos(undefined)} />
    </article>
  );
}
