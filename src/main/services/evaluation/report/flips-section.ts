import type { Comparison, Difference, Flip } from '../../../../shared/domain/comparison';
import { shareBar } from '../../../platform/report/charts';
import { count, percent, pictureNoun } from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';
import { modelNames } from './model-names';

/** Pictures a gallery holds; a report should still fit into a mail. */
const mostFlips = 120;

/** The flips that the report shows, costliest first; `report.json` has them all. */
export const flipsToShow = ({ flips }: Difference): Flip[] => flips.slice(0, mostFlips);

const kinds = {
  lost: { tone: 'bad', text: 'Lost' },
  gained: { tone: 'good', text: 'Gained' },
  'both-wrong': { tone: 'open', text: 'Both wrong' },
} as const;

/** Every photo whose answer changed, with both answers and their probabilities. */
export function flipsSection(
  { models, differences, labels, generated }: Comparison,
  thumbnails: ReadonlyMap<number, string>,
): Html {
  const nameOf = modelNames(models);
  const noun = pictureNoun(generated);
  return html`<h2>${generated ? 'Pictures' : 'Photos'} whose answer changed</h2>
    ${differences.map((difference) => {
      const [first, second] = [nameOf(difference.firstId), nameOf(difference.secondId)];
      const shown = flipsToShow(difference);
      const hidden = difference.flips.length - shown.length;
      if (shown.length === 0) {
        return html`<p class="lead">None: ${second} gives every ${noun} the same answer as ${first}.</p>`;
      }
      return html`<p class="lead">${count(difference.flips.length, noun)} between ${first} and ${second}, those first that cost the right answer most.${hidden > 0 ? ` The ${hidden} after the first ${mostFlips} are in report.json.` : ''}</p>
        <div class="flips">${shown.map((flip) => card(flip, { first, second, labels, picture: thumbnails.get(flip.photoId) }))}</div>`;
    })}`;
}

interface CardContext {
  first: string;
  second: string;
  labels: readonly string[];
  picture: string | undefined;
}

function card(flip: Flip, { first, second, labels, picture }: CardContext): Html {
  const kind = kinds[flip.kind];
  const truth = labels[flip.truth] ?? '?';
  const answer = (who: string, given: Flip['first']) => {
    const right = given.answer === flip.truth;
    return html`<div class="answer"><span class="who">${who}</span><span class="what ${right ? 'right' : 'wrong'}">${labels[given.answer] ?? '?'}</span><span>${percent(given.probability)}</span>${shareBar(given.probability, right ? 'var(--good)' : 'var(--bad)')}</div>`;
  };
  return html`<article class="flip">
    ${picture === undefined ? html`<div class="gone">The photo can’t be read any more</div>` : html`<img src="${picture}" alt="${truth}" loading="lazy">`}
    <div class="body">
      <span class="pill ${kind.tone}">${kind.text}</span>
      <div class="file" title="${flip.fileName}">${flip.fileName}</div>
      <div class="truth">shows ${truth}</div>
      ${answer(first, flip.first)}${answer(second, flip.second)}
    </div>
  </article>`;
}
