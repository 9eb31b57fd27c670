import type { MethodOutput } from '@shared/api/contract';
import type { PhotoId } from '@shared/domain/photo';
import { unpackFloat32 } from '@shared/domain/packed-numbers';
import { useMemo } from 'react';
import { useCall } from '../../stores/use-call';
import type { ModelPair } from './model-pair';
import type { PhotoChange } from './photo-changes';

export interface HeatMapData {
  width: number;
  height: number;
  cropFraction: number;
  values: Float32Array;
}

/** The maps of the first and the second model, and what is hottest in both. */
export interface HeatPair {
  maps: [HeatMapData, HeatMapData];
  hottest: number;
}

export interface HeatMaps {
  of(photoId: PhotoId): HeatPair | undefined;
  /** Why there are none, as part of a sentence. */
  reason: string | undefined;
}

/** Photos explained at a time. */
const most = 24;

/** Maps for what each model of a pair answered; nothing is asked while `photos` is empty. */
export function useHeatMaps(
  { first, second }: Pick<ModelPair, 'first' | 'second'>,
  photos: readonly PhotoChange[],
): HeatMaps {
  const asked = photos.slice(0, most);
  const { value } = useCall(
    'evaluation.explain',
    asked.length === 0
      ? undefined
      : {
          modelIds: [first.modelId, second.modelId],
          photos: asked.map((photo) => ({
            photoId: photo.photoId,
            labels: [photo.first.answer, photo.second.answer],
          })),
        },
  );
  const ids = asked.map(({ photoId }) => photoId).join();
  return useMemo(() => pairsOf(value, ids.split(',').map(Number)), [value, ids]);
}

function pairsOf(
  value: MethodOutput<'evaluation.explain'> | undefined,
  ids: readonly PhotoId[],
): HeatMaps {
  const pairs = new Map<PhotoId, HeatPair>();
  const [one, other] = value?.models ?? [];
  ids.forEach((photoId, index) => {
    const maps = [one, other].flatMap((model): HeatMapData[] => {
      const map = model?.maps[index];
      if (!model || !map) return [];
      return [{ ...map, cropFraction: model.cropFraction, values: unpackFloat32(map.values) }];
    });
    const [left, right] = maps;
    if (!left || !right) return;
    pairs.set(photoId, {
      maps: [left, right],
      hottest: Math.max(...left.values, ...right.values),
    });
  });
  return {
    of: (photoId) => pairs.get(photoId),
    reason: value?.models.find(({ reason }) => reason !== undefined)?.reason,
  };
}
