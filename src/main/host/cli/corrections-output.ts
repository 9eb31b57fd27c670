import type { Correction, CorrectionState } from '../../../shared/domain/correction';
import { count, formatShare } from './format';
import { formatTable } from './table';

/** What was done, what is there, and how to go on, for people. */
export function correctionsText(
  did: readonly string[],
  state: CorrectionState,
  corrections: readonly Correction[],
  counts: Record<CorrectionState, number>,
): string {
  const others = `${counts.new} new, ${counts.accepted} accepted, ${counts.dismissed} dismissed`;
  const unready = corrections.filter(({ labelId }) => state === 'new' && labelId === undefined);
  return [
    ...did,
    ...(did.length > 0 ? [''] : []),
    ...(corrections.length === 0
      ? [`No corrections are ${state}: ${others}.`]
      : [table(corrections), '', `${others}.`]),
    ...(unready.length === 0
      ? []
      : [
          `${count(unready.length, 'correction')} can’t be accepted as said: the project has no such label, or nobody said one. --as names one of its labels.`,
        ]),
  ].join('\n');
}

function table(corrections: readonly Correction[]): string {
  return formatTable(
    [
      { header: 'Correction', align: 'right' },
      { header: 'The model said' },
      { header: 'The person said' },
      { header: 'From' },
      { header: 'When' },
    ],
    corrections.map(({ id, answered, said, labelId, device, at }) => [
      id.replace('correction-', ''),
      answered ? answerText(answered) : 'collected',
      said === undefined
        ? 'only that it is wrong'
        : labelId === undefined
          ? `${said} (no such label)`
          : said,
      device.name,
      at.slice(0, 16).replace('T', ' '),
    ]),
  );
}

const answerText = ({ label, probability }: NonNullable<Correction['answered']>): string =>
  probability === undefined ? label : `${label} ${formatShare(probability)}`;
