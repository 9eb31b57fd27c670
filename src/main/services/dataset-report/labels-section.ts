import { splits } from '../../../shared/domain/split';
import { percent, count } from '../../platform/report/format';
import { type Html, html } from '../../platform/report/html';
import { splitBar } from './split-bar';
import type { DatasetReportSource } from './report-source';

/** How many photos each label has, and in which split. */
export function labelsSection({ summary, splitSeed }: DatasetReportSource): Html {
  const { labels, labeled, ratio } = summary;
  const most = Math.max(1, ...labels.map((label) => label.count));
  const target = splits.map((split) => `${split} ${percent(ratio[split])}`).join(', ');
  if (labels.length === 0) {
    return html`<h2>Labels and splits</h2><p class="lead">There is no label yet.</p>`;
  }
  return html`<h2>Labels and splits</h2>
    <p class="lead">${count(labeled, 'labeled photo')}; excluded ones are not counted. Photos are dealt label by label: ${target}, by seed ${splitSeed}.</p>
    <p class="legend">${splits.map((split) => html`<span class="key ${split}">${split}</span>`)}</p>
    <div class="scroll"><table>
      <thead><tr><th>Label</th><th class="number">Photos</th><th class="number">Share</th><th></th>${splits.map((split) => html`<th class="number">${split}</th>`)}</tr></thead>
      <tbody>${labels.map(
        (label) =>
          html`<tr><th>${label.name}</th><td class="number">${label.count}</td><td class="number">${percent(label.count / Math.max(1, labeled))}</td><td class="chart">${splitBar(label, most)}</td>${splits.map((split) => html`<td class="number">${label[split]}</td>`)}</tr>`,
      )}
      <tr class="total"><th>All labels</th><td class="number">${labeled}</td><td class="number"></td><td class="chart"></td>${splits.map((split) => html`<td class="number">${summary.splits[split]}</td>`)}</tr>
      </tbody>
    </table></div>`;
}
