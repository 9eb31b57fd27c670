import type { Comparison, Difference } from '../../../../shared/domain/comparison';
import { differenceChart } from '../../../platform/report/charts';
import {
  percent,
  pictureNoun,
  pointRange,
  points,
  probabilityOfChance,
} from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';
import { modelNames } from './model-names';

/** What changed between the first model and each other one, with test and interval. */
export function differenceSection({ models, differences, generated }: Comparison): Html {
  const nameOf = modelNames(models);
  return html`<h2>The difference</h2>
    <p class="lead">Both models saw the same ${pictureNoun(generated)}s, so only those on which exactly one of them is right count. The p-value is how often chance alone would split those at least this unevenly.</p>
    ${differences.map((difference) => panel(difference, nameOf(difference.firstId), nameOf(difference.secondId), pictureNoun(generated)))}`;
}

function panel(difference: Difference, first: string, second: string, noun: string): Html {
  const { lost, gained, flips } = difference;
  return html`<div class="panel">
    <h3>${second} against ${first}: accuracy, in percentage points</h3>
    ${differenceChart(difference.top1, difference.interval, points)}
    <dl class="facts">
      <div><dt>Accuracy difference</dt><dd>${points(difference.top1)} points<span class="faint">95%: ${pointRange(difference.interval)} (Newcombe)</span></dd></div>
      <div><dt>p-value</dt><dd>${probabilityOfChance(difference.pValue)}<span class="faint">exact McNemar, two-sided</span></dd></div>
      <div><dt>Right in one model only</dt><dd>${lost} lost, ${gained} gained<span class="faint">${flips.length} answers changed in all</span></dd></div>
      <div><dt>Same answer</dt><dd>${percent(difference.agreement)}<span class="faint">of all ${noun}s</span></dd></div>
    </dl>
  </div>`;
}
