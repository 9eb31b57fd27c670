import type { Comparison } from '../../../../shared/domain/comparison';
import { confusionDifference, type Counts } from '../../../../shared/domain/confusion';
import { type Html, html } from '../../../platform/report/html';
import { modelNames } from './model-names';

/** One matrix a model, and what changed from the first to each other one: a row is what a photo shows. */
export function confusionSection({ models, labels, differences }: Comparison): Html {
  const nameOf = modelNames(models);
  const countsOf = (id: string) => models.find(({ modelId }) => modelId === id)?.confusion ?? [];
  const width = Math.max(420, 156 + 30 * labels.length);
  return html`<h2>What is taken for what</h2>
    <p class="lead">A row is what the photo shows, a column what the model answered. The diagonal is right; red cells are mistakes.</p>
    <div class="matrices" style="--matrix:${width}px">${models.map(
      (model) =>
        html`<div class="panel"><h3>${nameOf(model.modelId)}</h3>${matrix(model.confusion, labels, answerCell)}</div>`,
    )}${differences.map(({ firstId, secondId }) => {
      const changes = confusionDifference(countsOf(firstId), countsOf(secondId));
      return html`<div class="panel"><h3>Change from ${nameOf(firstId)} to ${nameOf(secondId)}</h3>${matrix(changes, labels, changeCell)}</div>`;
    })}</div>`;
}

type Cell = typeof answerCell;

function matrix(counts: Counts, labels: readonly string[], cell: Cell): Html {
  return html`<table class="matrix" style="min-width:${116 + 26 * labels.length}px">
    <thead><tr><th></th>${labels.map((label) => html`<th><div title="${label}">${label}</div></th>`)}</tr></thead>
    <tbody>${labels.map((label, truth) => {
      const row = counts[truth] ?? [];
      const support = row.reduce((sum, photos) => sum + photos, 0);
      return html`<tr><th title="${label}">${label}</th>${labels.map((answer, column) =>
        cell(row[column] ?? 0, support, truth === column, `${label} answered as ${answer}`),
      )}</tr>`;
    })}</tbody>
  </table>`;
}

function answerCell(photos: number, support: number, right: boolean, title: string): Html {
  if (photos === 0) return html`<td class="zero" title="${title}: 0">0</td>`;
  const strength = (0.18 + 0.5 * (photos / support)).toFixed(2);
  const color = `rgb(var(${right ? '--heat' : '--miss'}) / ${strength})`;
  return html`<td style="background:${color}" title="${title}: ${photos}">${photos}</td>`;
}

/** Photos more or fewer than before; better is more on the diagonal and fewer beside it. */
function changeCell(change: number, _support: number, right: boolean, title: string): Html {
  if (change === 0) return html`<td class="zero" title="${title}: no change">0</td>`;
  const color = `rgb(var(${change > 0 === right ? '--heat' : '--miss'}) / 0.45)`;
  const text = change > 0 ? `+${change}` : `−${-change}`;
  return html`<td style="background:${color}" title="${title}: ${text}">${text}</td>`;
}
