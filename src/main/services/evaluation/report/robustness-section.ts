import type { Comparison } from '../../../../shared/domain/comparison';
import type { Disturbance, DisturbedScore, Robustness } from '../../../../shared/domain/robustness';
import { dateTime, percent } from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';
import { modelNames } from './model-names';

const names: Record<Disturbance, string> = {
  darker: 'Darker: brightness times',
  brighter: 'Brighter: brightness times',
  blur: 'Blurred: deviation, pixels of 224',
  turned: 'Turned: degrees',
  jpeg: 'JPEG: quality',
  noise: 'Noise: deviation, of 255',
};

/** How the models answer as pictures get worse. */
export function robustnessSection(
  { models }: Comparison,
  { at, runtime, photos, plain, effects }: Robustness,
): Html {
  const nameOf = modelNames(models);
  const row = (name: string, scores: readonly DisturbedScore[]) =>
    html`<tr><th>${name}</th>${scores.map((score) => cell(score, photos))}</tr>`;
  return html`<h2>As pictures get worse</h2>
    <p class="lead">${photos} of the compared photos, changed at the size that the models see: share answered rightly, with its 95% interval. Measured by ${runtime}, ${dateTime(at)}.</p>
    <div class="scroll"><table>
      <thead><tr><th></th>${models.map(({ modelId }) => html`<th class="number">${nameOf(modelId)}</th>`)}</tr></thead>
      <tbody>${row('As they are', plain)}${effects.map(({ disturbance, levels }) =>
        levels.map(({ strength, models: scores }) =>
          row(`${names[disturbance]} ${strength}`, scores),
        ),
      )}</tbody>
    </table></div>`;
}

const cell = ({ correct, interval }: DisturbedScore, photos: number): Html =>
  html`<td class="number">${percent(correct / photos)} <span class="faint">${percent(interval.low)} – ${percent(interval.high)}</span></td>`;
