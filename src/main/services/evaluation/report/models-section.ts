import type { Comparison } from '../../../../shared/domain/comparison';
import type { Model } from '../../../../shared/domain/model';
import { intervalChart } from '../../../platform/report/charts';
import { fileSize, milliseconds, percent, percentRange } from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';

/** The models side by side, accuracy with its Wilson interval on one axis. */
export function modelsSection(
  { models, split, generated }: Comparison,
  records: readonly Model[],
): Html {
  const lowest = Math.min(...models.map((model) => model.top1Interval.low));
  const axis = { low: Math.max(0, Math.floor(lowest * 20) / 20 - 0.05), high: 1 };
  const [first] = models;
  const pictures = generated ? `generated ${split} pictures` : `${split} photos`;
  return html`<h2>The models</h2>
    <p class="lead">Each answered the same ${first?.total ?? 0} ${pictures}${split === 'train' ? ', which they were trained on' : ''}. Accuracy is the share of right first answers; the bar is its 95% interval (Wilson), drawn from ${percent(axis.low)} to 100%.</p>
    <div class="scroll"><table>
      <thead><tr><th>Model</th><th class="number">Accuracy</th><th></th><th class="number">Right</th><th class="number">File</th><th class="number">Latency p50</th><th class="number">p95</th><th class="number">Load</th></tr></thead>
      <tbody>${models.map(
        (model) => html`<tr>
          <th>${model.name}<div class="faint">${model.precision}, ${model.io} in and out</div></th>
          <td class="number"><strong>${percent(model.top1)}</strong><div class="faint">${percentRange(model.top1Interval)}</div></td>
          <td class="chart">${intervalChart(model.top1, model.top1Interval, axis)}</td>
          <td class="number">${model.correct} <span class="faint">of ${model.total}</span></td>
          <td class="number">${fileSize(model.bytes)}</td>
          <td class="number">${milliseconds(model.latencyMs.p50)}</td>
          <td class="number">${milliseconds(model.latencyMs.p95)}</td>
          <td class="number">${milliseconds(model.loadMs)}</td>
        </tr>`,
      )}</tbody>
    </table></div>
    <p class="faint" style="margin-top:10px">${latencyNote(first)}</p>
    ${records
      .filter(({ imported }) => imported)
      .map(
        ({ name }) =>
          html`<p class="notice"><strong>${name}</strong> was made elsewhere. Nobody here knows which photos it was trained on: if these are among them, its accuracy flatters.</p>`,
      )}`;
}

function latencyNote(model: Comparison['models'][number] | undefined): string {
  if (!model) return '';
  const { runs, warmupRuns, threads } = model.latencyMs;
  const word = threads === 1 ? 'one thread' : `${threads} threads`;
  return `Latency is one inference on this computer without preprocessing: ${runs} runs after ${warmupRuns} to warm up, ${word}, models taking turns. A phone has its own figures.`;
}
