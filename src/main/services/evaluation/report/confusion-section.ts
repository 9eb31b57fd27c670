import type { Comparison, ModelResult } from '../../../../shared/domain/comparison';
import { shortName } from '../../../../shared/domain/verdict';
import { type Html, html } from '../../../platform/report/html';

/** One matrix a model: a row is what a photo shows, a column what the model said. */
export function confusionSection({ models, labels }: Comparison): Html {
  const width = Math.max(420, 156 + 30 * labels.length);
  return html`<h2>What is taken for what</h2>
    <p class="lead">A row is what the photo shows, a column what the model answered. The diagonal is right; red cells are mistakes.</p>
    <div class="matrices" style="--matrix:${width}px">${models.map(
      (model) =>
        html`<div class="panel"><h3>${shortName(model, models)}</h3>${matrix(model, labels)}</div>`,
    )}</div>`;
}

function matrix({ confusion }: ModelResult, labels: readonly string[]): Html {
  return html`<table class="matrix" style="min-width:${116 + 26 * labels.length}px">
    <thead><tr><th></th>${labels.map((label) => html`<th><div title="${label}">${label}</div></th>`)}</tr></thead>
    <tbody>${labels.map((label, truth) => {
      const row = confusion[truth] ?? [];
      const support = row.reduce((sum, photos) => sum + photos, 0);
      return html`<tr><th title="${label}">${label}</th>${labels.map((answer, column) =>
        cell(row[column] ?? 0, support, truth === column, `${label} answered as ${answer}`),
      )}</tr>`;
    })}</tbody>
  </table>`;
}

function cell(photos: number, support: number, right: boolean, title: string): Html {
  if (photos === 0) return html`<td class="zero" title="${title}: 0">0</td>`;
  const strength = (0.18 + 0.5 * (photos / support)).toFixed(2);
  const color = `rgb(var(${right ? '--heat' : '--miss'}) / ${strength})`;
  return html`<td style="background:${color}" title="${title}: ${photos}">${photos}</td>`;
}
