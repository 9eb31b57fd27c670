import { withExif } from './exif-segment';

export interface Shot {
  /** Counts from 1 within a dialog. */
  number: number;
  file: File;
  /** For showing it; revoke it when the shot is let go. */
  url: string;
}

const quality = 0.92;

/** What the camera shows now, as a JPEG. `square`: the middle of it. */
export async function takeShot(
  video: HTMLVideoElement,
  { square, number }: { square: boolean; number: number },
): Promise<Shot | undefined> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0) return undefined;
  const side = Math.min(videoWidth, videoHeight);
  const [width, height] = square ? [side, side] : [videoWidth, videoHeight];
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const left = (videoWidth - width) / 2;
  const top = (videoHeight - height) / 2;
  canvas.getContext('2d')?.drawImage(video, left, top, width, height, 0, 0, width, height);
  const takenAt = new Date();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
  if (!blob) return undefined;
  const bytes = withExif(new Uint8Array(await blob.arrayBuffer()), takenAt);
  const name = `${takenAt.toISOString().replace(/[:.]/g, '-')} ${number}.jpg`;
  const file = new File([bytes], name, { type: 'image/jpeg' });
  return { number, file, url: URL.createObjectURL(file) };
}
