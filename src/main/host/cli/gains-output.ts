import { type QuantizationGains, gainsOf } from '../../../shared/domain/quantization-gains';
import { formatTable } from './table';

const names = {
  biasCorrection: 'biases corrected',
  equalization: 'channels equalized',
  roundingSearch: 'rounding searched',
} as const;

const verdicts = { gain: 'gain', none: 'no gain', loss: 'made it worse' } as const;

/** What each correction gained: without it, and with it. */
export function gainsText(gains: QuantizationGains): string {
  const { all, without, photos, floatCorrect } = gains;
  const verdictOf = new Map(gainsOf(gains).map(({ correction, verdict }) => [correction, verdict]));
  const table = formatTable(
    [
      { header: 'Correction' },
      { header: 'Signal to noise', align: 'right' },
      { header: 'As float32', align: 'right' },
      { header: 'Right', align: 'right' },
      { header: 'Verdict' },
    ],
    without.map(({ correction, signalToNoise, agreeing, correct }) => [
      names[correction],
      `${signalToNoise.toFixed(1)} → ${all.signalToNoise.toFixed(1)} dB`,
      `${agreeing} → ${all.agreeing}`,
      `${correct} → ${all.correct}`,
      verdicts[verdictOf.get(correction) ?? 'none'],
    ]),
  );
  return `${table}\nWithout it → with it, on ${photos} validation photos; float32: ${floatCorrect} right. Signal to noise is that of the logits.`;
}
