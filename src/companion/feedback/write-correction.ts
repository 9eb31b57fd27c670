import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { companionProtocol } from '../../shared/domain/companion-protocol';
import type { PictureAnswer } from '../messages';
import type { Correction } from './feedback-post';

export interface Said {
  /** What the person said; undefined: only that the answer is wrong. */
  label: string | undefined;
  /** What the model said of this very photo; undefined: it was collected on purpose. */
  answer?: PictureAnswer | undefined;
  at: Date;
}

/** @param photo a JPEG. */
export async function writeCorrection(
  photo: Blob,
  { label, answer, at }: Said,
): Promise<Correction> {
  // Browsers keep their own hashing for secure pages, and plain Wi-Fi is none.
  const hash = bytesToHex(sha256(new Uint8Array(await photo.arrayBuffer())));
  const top = answer && bestOf(answer);
  return {
    photo,
    message: {
      protocol: companionProtocol,
      photo: { file: `feedback/${hash}.jpg`, sha256: hash },
      at: at.toISOString(),
      ...(answer && top
        ? { model: answer.sha256, answered: top.label, probability: top.probability }
        : {}),
      ...(label === undefined ? {} : { label }),
    },
  };
}

/** The label with the highest probability, of equals the first; the probability within 0..1. */
export function bestOf({ labels, probabilities }: PictureAnswer): {
  label: string;
  probability: number;
} {
  const highest = Math.max(...probabilities);
  const probability = Math.min(1, Math.max(0, highest));
  return { label: labels[probabilities.indexOf(highest)] ?? '', probability };
}
