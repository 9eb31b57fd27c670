import type { Comparison } from '../../../../shared/domain/comparison';
import { shortName } from '../../../../shared/domain/verdict';
import { shareBar } from '../../../platform/report/charts';
import { type Html, html } from '../../../platform/report/html';

/** Precision, recall and F1 of every class, models beside each other. */
export function classesSection({ models, labels }: Comparison): Html {
  return html`<h2>Class by class</h2>
    <p class="lead">Recall: of the photos of a class, the share that was found. Precision: of the answers naming the class, the share that was right. F1 joins the two. A dash means there was nothing to count.</p>
    <div class="scroll"><table>
      <thead>
        <tr><th rowspan="2">Class</th><th rowspan="2" class="number">Photos</th>${models.map((model) => html`<th colspan="4">${shortName(model, models)}</th>`)}</tr>
        <tr>${models.map(() => html`<th class="number">Precision</th><th class="number">Recall</th><th class="number">F1</th><th></th>`)}</tr>
      </thead>
      <tbody>${labels.map(
        (label, index) => html`<tr>
          <th>${label}</th>
          <td class="number">${models[0]?.classes[index]?.support ?? 0}</td>
          ${models.map(({ classes }) => {
            const metrics = classes[index];
            return html`<td class="number">${share(metrics?.precision)}</td><td class="number">${share(metrics?.recall)}</td><td class="number">${share(metrics?.f1)}</td>
              <td style="width:12%;min-width:60px">${metrics?.f1 === undefined ? undefined : shareBar(metrics.f1, 'var(--accent)', 6)}</td>`;
          })}
        </tr>`,
      )}</tbody>
    </table></div>`;
}

const share = (value: number | undefined): string =>
  value === undefined ? '–' : (value * 100).toFixed(0);
