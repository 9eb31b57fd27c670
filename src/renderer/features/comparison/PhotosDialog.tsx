import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { ModelPair } from './model-pair';
import type { PhotoChange } from './photo-changes';
import { PhotoLarge } from './PhotoLarge';
import { PhotoTiles } from './PhotoTiles';

export interface OpenPhotos {
  title: string;
  photos: readonly PhotoChange[];
  /** The one to show large; without it all are shown as tiles. */
  index?: number;
}

interface PhotosDialogProps extends Omit<ModelPair, 'onOpen'> {
  open: OpenPhotos | undefined;
  onClose(): void;
}

/** Some photos of a comparison: as tiles, or one of them large. */
export function PhotosDialog({ open, onClose, ...pair }: PhotosDialogProps) {
  return (
    <Modal
      opened={open !== undefined}
      onClose={onClose}
      title={open?.title}
      size="min(1280px, 94vw)"
    >
      {open && <Photos open={open} pair={pair} />}
    </Modal>
  );
}

interface PhotosProps {
  open: OpenPhotos;
  pair: Omit<ModelPair, 'onOpen'>;
}

function Photos({ open, pair }: PhotosProps) {
  const [index, setIndex] = useState(open.index);
  if (index === undefined) {
    return <PhotoTiles pair={pair} photos={open.photos} onOpen={setIndex} />;
  }
  const photo = open.photos[index];
  if (!photo) return undefined;
  return (
    <PhotoLarge
      photo={photo}
      index={index}
      total={open.photos.length}
      pair={pair}
      onGoTo={setIndex}
      onBack={open.index === undefined ? () => setIndex(undefined) : undefined}
    />
  );
}
