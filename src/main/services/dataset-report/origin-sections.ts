import { count, dateTime } from '../../platform/report/format';
import { type Html, html } from '../../platform/report/html';
import type { DatasetReportSource } from './report-source';
import type { NamedCount } from './read-sources';

/** Where the photos come from, and what kind of files they are. */
export function sourcesSection(source: DatasetReportSource): Html {
  const { imports, formats, cameras, totals, summary } = source;
  const { stored, smallestSide, largestSide } = totals;
  const sizes =
    smallestSide === largestSide
      ? ''
      : ` Their sides have ${smallestSide} to ${largestSide} pixels.`;
  return html`<h2>Where the photos come from</h2>
    <p class="lead">${count(stored, 'photo')} stored in the project, ${summary.total - stored} referred to where they are.${sizes}</p>
    <dl class="facts">${counts('Formats', formats)}${counts('Cameras', cameras)}</dl>
    ${
      imports.length === 0
        ? undefined
        : html`<div class="scroll"><table>
      <thead><tr><th>Import</th><th class="number">Added</th><th class="number">Known already</th><th class="number">Under a second label</th><th class="number">Could not be used</th></tr></thead>
      <tbody>${imports.map(({ startedAt, added, known, conflicts, problems }) => html`<tr><th>${dateTime(startedAt)}</th><td class="number">${added}</td><td class="number">${known}</td><td class="number">${conflicts}</td><td class="number">${problems}</td></tr>`)}</tbody>
    </table></div>`
    }`;
}

function counts(title: string, list: readonly NamedCount[]): Html | undefined {
  if (list.length === 0) return undefined;
  return html`<div><dt>${title}</dt>${list.map(({ name, count: photos }) => html`<dd>${name} <span class="faint">${count(photos, 'photo')}</span></dd>`)}</div>`;
}

/** What was frozen, when, and which models were trained on it. */
export function versionsSection({ versions }: DatasetReportSource): Html {
  if (versions.length === 0) {
    return html`<h2>Versions</h2><p class="lead">None was frozen yet: the first training does.</p>`;
  }
  return html`<h2>Versions</h2>
    <div class="scroll"><table>
      <thead><tr><th>Version</th><th>Frozen</th><th class="number">Photos</th><th class="number">train / validation / test</th><th>Models</th><th>Note</th></tr></thead>
      <tbody>${versions.map(({ id, createdAt, photos, splits, models, note }) => html`<tr><th>${id}</th><td>${dateTime(createdAt)}</td><td class="number">${photos}</td><td class="number">${splits.train} / ${splits.validation} / ${splits.test}</td><td>${models.map(({ name }) => name).join(', ') || '–'}</td><td class="long">${note}</td></tr>`)}</tbody>
    </table></div>`;
}
