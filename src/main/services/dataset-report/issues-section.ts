import { describeFinding } from '../../../shared/domain/describe-finding';
import type { IssueKind } from '../../../shared/domain/issue';
import { count, dateTime, percent } from '../../platform/report/format';
import { type Html, html } from '../../platform/report/html';
import type { DatasetReportSource, ShownIssue } from './report-source';

const names: Record<IssueKind, string> = {
  'label-error': 'Wrong labels',
  leak: 'Split leaks',
  'exact-duplicate': 'Exact copies',
  'near-duplicate': 'Near duplicates',
  burst: 'Bursts',
  blurred: 'Blurred',
  'too-dark': 'Too dark',
  'too-bright': 'Too bright',
  'low-contrast': 'Low contrast',
  'odd-aspect': 'Odd shape',
  tiny: 'Tiny',
  outlier: 'Outliers',
};

/** What is wrong with photos and labels, with the worst of each kind to look at. */
export function issuesSection(source: DatasetReportSource): Html {
  const { issues, straddlingGroups, worst } = source;
  const { analyzedAt, stale, photos, kinds, findings } = issues;
  if (analyzedAt === undefined) {
    return html`<h2>Issues</h2><p class="lead">Nobody has looked for issues yet: there are no figures to give.</p>`;
  }
  const labelName = nameOfLabel(source);
  const groups =
    straddlingGroups === 0
      ? 'No group of photos that are alike straddles the splits.'
      : `${count(straddlingGroups, 'group')} of photos that are alike ${straddlingGroups === 1 ? 'straddles' : 'straddle'} the splits: a test on them is better than the truth.`;
  return html`<h2>Issues</h2>
    <p class="lead">${count(photos, 'photo')} looked at on ${dateTime(analyzedAt)}.${stale ? ' Photos or labels changed since.' : ''} ${groups}</p>
    <div class="scroll"><table>
      <thead><tr><th>Kind</th><th class="number">Open</th><th class="number">Fine as is</th><th class="number">Ignored</th></tr></thead>
      <tbody>${kinds.map(({ kind, open, kept, ignored }) => html`<tr><th>${names[kind]}</th><td class="number">${open}</td><td class="number">${kept}</td><td class="number">${ignored}</td></tr>`)}</tbody>
    </table></div>
    ${findings.length === 0 ? undefined : html`<ul class="findings">${findings.map((finding) => html`<li>${describeFinding(finding, labelName)}</li>`)}</ul>`}
    ${kinds.map(({ kind, open }) => gallery(kind, open, worst.get(kind) ?? [], source))}`;
}

const nameOfLabel =
  ({ summary }: DatasetReportSource) =>
  (id: number): string =>
    summary.labels.find((label) => label.id === id)?.name ?? `label ${id}`;

function gallery(
  kind: IssueKind,
  open: number,
  shown: readonly ShownIssue[],
  source: DatasetReportSource,
): Html | undefined {
  if (shown.length === 0) return undefined;
  const title = open > shown.length ? `the worst ${shown.length} of ${open}` : String(open);
  return html`<section class="kind"><h3>${names[kind]} <span class="faint">${title}</span></h3>
    <div class="pictures">${shown.map((issue) => picture(issue, source))}</div></section>`;
}

function picture(issue: ShownIssue, source: DatasetReportSource): Html {
  const { photoId, fileName, suggestedLabelId, detail } = issue;
  const url = source.thumbnails.get(photoId);
  const suggestion =
    suggestedLabelId === undefined
      ? undefined
      : html`<div class="faint">rather ${nameOfLabel(source)(suggestedLabelId)}${detail.probability === undefined ? '' : ` (${percent(detail.probability)})`}</div>`;
  return html`<figure>${url === undefined ? html`<div class="gone">The file is not there.</div>` : html`<img src="${url}" alt="${fileName}">`}
    <figcaption><span>${fileName}</span>${suggestion}</figcaption></figure>`;
}
