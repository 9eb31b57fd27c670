import { createDisjointSets } from './disjoint-sets';
import { eachClosePair, hashDistance, type HashList } from './hash-neighbors';
import { dotRows, type Rows } from './rows';

export interface SimilarPhotos {
  hashes: HashList;
  /**
   * Features of length 1 in the same order; a row that is all zero is not known, and the hash alone
   * decides.
   */
  features?: Rows;
  /** Seconds since any moment; NaN where it is not known. */
  takenAt?: Float64Array;
  /** Which camera, by number; -1 where it is not known. */
  camera?: Int32Array;
  /** The camera whose shots within a burst's time stay together whatever moved before it. */
  studioCamera?: number;
  /** Called now and then; throws to stop. */
  checkpoint?(): void;
}

export interface SimilarGroups {
  /** The smallest member of each photo's group of near duplicates; its own number when alone. */
  duplicates: Int32Array;
  /** Of its burst: shots of one camera within seconds that look alike. */
  bursts: Int32Array;
  /** Of both joined, and shots of the studio's camera: what must not straddle the splits. */
  together: Int32Array;
}

/**
 * Which hash distance needs which cosine similarity of the features. Copies that were resized and
 * encoded again differ in at most 4 of 64 bits, but small ones lose so much detail that their
 * features move; pictures that differ in more bits are only taken for the same when features agree.
 * Measured on 280 photos of seven things, see docs/adr.
 */
const duplicateRules = [
  { distance: 4, similarity: 0.5 },
  { distance: 6, similarity: 0.9 },
] as const;
const radius = Math.max(...duplicateRules.map(({ distance }) => distance));
const hashAlone = 2;

const burst = { seconds: 3, distance: 16, similarity: 0.8 } as const;

/** Groups near duplicates and bursts. Grouping is transitive: a chain of copies is one group. */
export function similarGroups(photos: SimilarPhotos): SimilarGroups {
  const { hashes, features, checkpoint } = photos;
  const count = hashes.high.length;
  const duplicates = createDisjointSets(count);
  const bursts = createDisjointSets(count);
  const together = createDisjointSets(count);
  const similarityOf = createSimilarity(features);
  eachClosePair(
    hashes,
    // Without features only hashes that all but agree count: far fewer pairs to look at.
    features ? radius : hashAlone,
    (left, right, distance) => {
      if (!isDuplicate(distance, similarityOf(left, right))) return;
      duplicates.join(left, right);
      together.join(left, right);
    },
    checkpoint,
  );
  eachMoment(photos, (left, right) => {
    if (photos.camera && photos.camera[left] === photos.studioCamera) together.join(left, right);
    if (hashDistance(hashes, left, right) > burst.distance) return;
    if ((similarityOf(left, right) ?? 1) < burst.similarity) return;
    bursts.join(left, right);
    together.join(left, right);
  });
  return {
    duplicates: duplicates.groups(),
    bursts: bursts.groups(),
    together: together.groups(),
  };
}

/** `similarity` undefined: not known. */
function isDuplicate(distance: number, similarity: number | undefined): boolean {
  if (similarity === undefined) return distance <= hashAlone;
  return duplicateRules.some((rule) => distance <= rule.distance && similarity >= rule.similarity);
}

/** Visits the pairs that one camera took within a burst's time. */
function eachMoment(
  { takenAt, camera }: SimilarPhotos,
  visit: (left: number, right: number) => void,
): void {
  if (!takenAt) return;
  const cameraOf = (photo: number) => camera?.[photo] ?? -1;
  const timeOf = (photo: number) => takenAt[photo] ?? Number.NaN;
  const order = [...takenAt.keys()]
    .filter((photo) => !Number.isNaN(timeOf(photo)))
    .sort((a, b) => cameraOf(a) - cameraOf(b) || timeOf(a) - timeOf(b) || a - b);
  order.forEach((left, place) => {
    for (let next = place + 1; next < order.length; next += 1) {
      const right = order[next] ?? left;
      const isLater = timeOf(right) - timeOf(left) > burst.seconds;
      if (isLater || cameraOf(right) !== cameraOf(left)) return;
      visit(left, right);
    }
  });
}

function createSimilarity(features: Rows | undefined) {
  if (!features) return () => undefined;
  const known = (row: number) => dotRows(features, row, features, row) > 0;
  return (left: number, right: number): number | undefined =>
    known(left) && known(right) ? dotRows(features, left, features, right) : undefined;
}

export function membersOf(groups: Int32Array): number[][] {
  const members = new Map<number, number[]>();
  groups.forEach((group, photo) => {
    const list = members.get(group);
    if (list) list.push(photo);
    else members.set(group, [photo]);
  });
  return [...members.values()].filter((list) => list.length > 1);
}

export function groupsOfMany(groups: Int32Array): Int32Array {
  const grouped = new Int32Array(groups.length).fill(-1);
  for (const list of membersOf(groups)) for (const photo of list) grouped[photo] = list[0] ?? photo;
  return grouped;
}
