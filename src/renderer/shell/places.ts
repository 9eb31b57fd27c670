import type { Place } from '../features/place';
import { comparisonPlace } from '../features/comparison/comparison-place';
import { correctionsPlace } from '../features/corrections/corrections-place';
import { deployPlace } from '../features/deploy/deploy-place';
import { issuesPlace } from '../features/issues/issues-place';
import { labelingPlace } from '../features/labeling/labeling-place';
import { libraryPlace } from '../features/library/library-place';
import { mapPlace } from '../features/map/map-place';
import { trainingPlace } from '../features/training/training-place';
import { versionsPlace } from '../features/versions/versions-place';

/** The places in the order of the work. */
export const places: readonly Place[] = [
  libraryPlace,
  issuesPlace,
  mapPlace,
  versionsPlace,
  labelingPlace,
  correctionsPlace,
  trainingPlace,
  comparisonPlace,
  deployPlace,
];
