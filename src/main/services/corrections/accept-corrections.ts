import { AppError } from '../../../shared/api/errors';
import type { CorrectionId } from '../../../shared/domain/correction';
import type { Label, LabelId } from '../../../shared/domain/label';
import type { PhotoId } from '../../../shared/domain/photo';
import type { Dataset } from '../ports';
import type { CorrectionRepository, StoredCorrection } from './correction-repository';
import { findLabel } from './find-label';

export interface Acceptance {
  id: CorrectionId;
  /** Absent: as the person said. */
  labelId?: LabelId | undefined;
}

interface Chosen {
  correction: StoredCorrection;
  label: Label;
}

/**
 * Takes corrections into the data set, and returns what that did, in words, and whether the history
 * has a step more. When it is cut between
 * its steps they are still in the inbox, and accepting them again says that the photos are known.
 * @throws AppError 'not-found', 'bad-request' for one without a label of the project.
 */
export async function acceptCorrections(
  { dataset, repository }: { dataset: Dataset; repository: CorrectionRepository },
  items: readonly Acceptance[],
): Promise<{ sentence: string; edited: boolean }> {
  const chosen = choose(items, repository.byId(items.map(({ id }) => id)), dataset.labels());
  const hashes = chosen.map(({ correction }) => correction.sha256);
  const before = dataset.photosByHash(hashes);
  const photoIds = await dataset.importBlobs(
    chosen.map(({ correction: { sha256, fileName, device } }) => ({
      sha256,
      fileName,
      origin: `${device.id}/${device.name}/corrections/${sha256.slice(0, 16)} ${fileName}`,
    })),
  );
  const assignments = new Map<LabelId, PhotoId[]>();
  for (const [index, { correction, label }] of chosen.entries()) {
    const photoId = photoIds[index];
    const isSo = before.get(correction.sha256)?.labelId === label.id;
    if (photoId === undefined || isSo) continue;
    assignments.set(label.id, [...(assignments.get(label.id) ?? []), photoId]);
  }
  if (assignments.size > 0) {
    dataset.assignLabels(
      [...assignments].map(([labelId, ids]) => ({ labelId, photoIds: ids })),
      'as corrected on a phone',
    );
  }
  repository.setState(
    chosen.map(({ correction }) => correction.id),
    'accepted',
  );
  const sentence = describe(chosen, before, dataset.labels());
  return { sentence, edited: assignments.size > 0 };
}

function choose(
  items: readonly Acceptance[],
  corrections: readonly StoredCorrection[],
  labels: readonly Label[],
): Chosen[] {
  const byId = new Map(corrections.map((correction) => [correction.id, correction]));
  return items.map(({ id, labelId }) => {
    const correction = byId.get(id);
    if (!correction) throw new AppError('not-found', `There is no ${id} in the inbox.`);
    const { said } = correction;
    const label =
      labelId === undefined
        ? findLabel(labels, said)
        : labels.find((candidate) => candidate.id === labelId);
    if (label) return { correction, label };
    throw new AppError(
      'bad-request',
      said === undefined || labelId !== undefined
        ? `Nobody has said yet what ${correction.fileName} shows.`
        : `The project has no label “${said}”.`,
      'Choose one of the project’s labels, or make a new one.',
    );
  });
}

function describe(
  chosen: readonly Chosen[],
  before: ReturnType<Dataset['photosByHash']>,
  labels: readonly Label[],
): string {
  const [only] = chosen;
  const known = chosen.filter(({ correction }) => before.has(correction.sha256)).length;
  if (chosen.length !== 1 || !only) {
    const photos = `Took in ${chosen.length - known} photos as corrected`;
    return known === 0 ? `${photos}.` : `${photos}; the project had ${known} of them already.`;
  }
  const { label, correction } = only;
  const photo = before.get(correction.sha256);
  if (!photo) return `Took in the photo as ${label.name}.`;
  const had = labels.find(({ id }) => id === photo.labelId);
  if (had?.id === label.id) return `The project had this photo already, as ${label.name}.`;
  const change = had ? `${label.name} instead of ${had.name}` : `${label.name}; it had no label`;
  return `The project had this photo already. It is labeled ${change}.`;
}
