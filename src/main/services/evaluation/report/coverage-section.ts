import type { Comparison } from '../../../../shared/domain/comparison';
import { coverageAt } from '../../../../shared/domain/coverage';
import { percent, pictureNoun } from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';
import { modelNames } from './model-names';

const thresholds = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] as const;

/** What an app gets that keeps silent below a probability: how often it answers, and how well. */
export function coverageSection({ models, answers, generated }: Comparison): Html {
  const nameOf = modelNames(models);
  const noun = pictureNoun(generated);
  return html`<h2>With a threshold</h2>
    <p class="lead">An app that shows only answers of at least this probability answers fewer ${noun}s, and those more often rightly.</p>
    <div class="scroll"><table>
      <thead><tr><th>Threshold</th>${models.map(({ modelId }) => html`<th class="number">${nameOf(modelId)} answers</th><th class="number">of those right</th>`)}</tr></thead>
      <tbody>${thresholds.map(
        (threshold) =>
          html`<tr><th>${percent(threshold)}</th>${models.map((_, index) => cells(coverageAt(answers, index, threshold), answers.length))}</tr>`,
      )}</tbody>
    </table></div>`;
}

function cells({ answered, correct }: ReturnType<typeof coverageAt>, photos: number): Html {
  const share = (part: number, whole: number) => (whole === 0 ? '–' : percent(part / whole));
  return html`<td class="number">${share(answered, photos)} <span class="faint">${answered} of ${photos}</span></td><td class="number">${share(correct, answered)} <span class="faint">${correct} of ${answered}</span></td>`;
}
