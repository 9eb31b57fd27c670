import type { Comparison, Latency } from '../../../../shared/domain/comparison';
import { describeCosts, notMeasured, threadsOf } from '../../../../shared/domain/describe-costs';
import type { Model } from '../../../../shared/domain/model';
import { intervalChart } from '../../../platform/report/charts';
import { fileSize, milliseconds, percent, percentRange } from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';

/** The models side by side, accuracy with its Wilson interval on one axis. */
export function modelsSection(comparison: Comparison, records: readonly Model[]): Html {
  const { models, split, generated } = comparison;
  const lowest = Math.min(...models.map((model) => model.top1Interval.low));
  const axis = { low: Math.max(0, Math.floor(lowest * 20) / 20 - 0.05), high: 1 };
  const [first] = models;
  const threads = threadsOf(comparison);
  const pictures = generated ? `generated ${split} pictures` : `${split} photos`;
  return html`<h2>The models</h2>
    <p class="lead">Each answered the same ${first?.total ?? 0} ${pictures}${split === 'train' ? ', which they were trained on' : ''}. Accuracy is the share of right first answers; the bar is its 95% interval (Wilson), drawn from ${percent(axis.low)} to 100%.</p>
    <div class="scroll"><table>
      <thead><tr><th>Model</th><th class="number">Accuracy</th><th></th><th class="number">Right</th><th class="number">File</th><th class="number">Latency, 1 thread<div class="faint">p50 · p95</div></th><th class="number">${threads === undefined ? 'With several threads' : `${threads} threads`}<div class="faint">p50 · p95</div></th><th class="number">Memory</th><th class="number">Load</th></tr></thead>
      <tbody>${models.map(
        (model) => html`<tr>
          <th>${model.name}<div class="faint">${model.precision}, ${model.io} in and out</div></th>
          <td class="number"><strong>${percent(model.top1)}</strong><div class="faint">${percentRange(model.top1Interval)}</div></td>
          <td class="chart">${intervalChart(model.top1, model.top1Interval, axis)}</td>
          <td class="number">${model.correct} <span class="faint">of ${model.total}</span></td>
          <td class="number">${fileSize(model.bytes)}</td>
          <td class="number">${latency(model.latencyMs)}</td>
          <td class="number">${latency(model.threadedLatencyMs)}</td>
          <td class="number">${model.memory ? fileSize(model.memory.peakBytes) : unknown}</td>
          <td class="number">${milliseconds(model.loadMs)}</td>
        </tr>`,
      )}</tbody>
    </table></div>
    <p class="faint" style="margin-top:10px">${describeCosts(comparison).join(' ')}</p>
    ${records
      .filter(({ imported }) => imported)
      .map(
        ({ name }) =>
          html`<p class="notice"><strong>${name}</strong> was made elsewhere. Nobody here knows which photos it was trained on: if these are among them, its accuracy flatters.</p>`,
      )}`;
}

const unknown = html`<span class="faint">${notMeasured}</span>`;

const latency = (figures: Latency | undefined): Html =>
  figures
    ? html`${milliseconds(figures.p50)} <span class="faint">· ${milliseconds(figures.p95)}</span>`
    : unknown;
