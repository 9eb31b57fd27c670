import type { Comparison } from '../../../../shared/domain/comparison';
import { describeSlice, dimensionTitles } from '../../../../shared/domain/describe-slice';
import type { Slice, Slices } from '../../../../shared/domain/slices';
import { count, dateTime, percent, percentRange } from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';
import { modelNames } from './model-names';

/** Accuracy on parts of the photos, so that a kind that goes wrong can't hide in the mean. */
export function slicesSection({ models }: Comparison, all: readonly Slices[]): Html {
  const nameOf = modelNames(models);
  const head = models.map(({ modelId }) => html`<th class="number">${nameOf(modelId)}</th>`);
  return html`<h2>Part by part</h2>
    <p class="lead">Accuracy on parts of the same photos, the worst first, with its 95% interval: parts of few photos have wide ones, and the worst of many parts looks worse than it is.</p>
    ${all.map(
      ({ dimension, slices, more }) => html`<div class="scroll"><table>
        <thead><tr><th>${dimensionTitles[dimension]}</th><th class="number">Photos</th>${head}</tr></thead>
        <tbody>${slices.map(
          (slice) =>
            html`<tr><th>${describeSlice(dimension, slice, dateTime)}</th><td class="number">${slice.photos}</td>${slice.models.map(cell)}</tr>`,
        )}</tbody>
      </table></div>${more > 0 ? html`<p class="faint">${count(more, 'part')} with higher accuracy left out.</p>` : undefined}`,
    )}`;
}

const cell = ({ top1, interval }: Slice['models'][number]): Html =>
  html`<td class="number">${percent(top1)} <span class="faint">${percentRange(interval)}</span></td>`;
