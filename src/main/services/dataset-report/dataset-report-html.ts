import { count, dateTime, fileSize } from '../../platform/report/format';
import { type Html, html } from '../../platform/report/html';
import { reportPage } from '../../platform/report/page';
import { issuesSection } from './issues-section';
import { labelsSection } from './labels-section';
import { sourcesSection, versionsSection } from './origin-sections';
import type { DatasetReportSource } from './report-source';

const style = `
:root { --train: #1971c2; --validation: #f08c00; --test: #2f9e44; }
@media (prefers-color-scheme: dark) { :root { --train: #4dabf7; --validation: #ffc078; --test: #69db7c; } }
.legend { display: flex; gap: 18px; font-size: 13px; color: var(--muted); }
.key::before { content: ""; display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; background: var(--tone); }
.key.train { --tone: var(--train); } .key.validation { --tone: var(--validation); } .key.test { --tone: var(--test); }
tr.total th, tr.total td { border-bottom: 0; font-weight: 600; }
.findings { margin: 14px 0 0; padding-left: 20px; }
.kind { margin-top: 24px; } .kind h3 .faint { margin-left: 6px; }
.facts + .scroll { margin-top: 20px; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); gap: 10px; }
figure { margin: 0; break-inside: avoid; min-width: 0; }
figure img, figure .gone { display: block; width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: 6px; background: var(--sunken); }
figure .gone { display: grid; place-items: center; padding: 8px; color: var(--muted); font-size: 12px; text-align: center; }
figcaption { font-size: 12px; line-height: 1.35; margin-top: 4px; }
figcaption span, figcaption div { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
@media print { .pictures { grid-template-columns: repeat(8, 1fr); } }
`;

/** The report of a data set: what is in it and what is wrong with it, in one file. */
export function datasetReportHtml(source: DatasetReportSource): string {
  const { project, at, appVersion } = source;
  const made = dateTime(at.toISOString());
  return reportPage({
    title: project.name,
    where: `Data set report · ${made}`,
    style,
    body: [
      tilesOf(source),
      labelsSection(source),
      issuesSection(source),
      sourcesSection(source),
      versionsSection(source),
    ],
    footer: `Made by Pocketlens Studio ${appVersion} on ${made}, on the computer that holds the photos, from a project of ${dateTime(project.createdAt)}.`,
  });
}

function tilesOf({ summary, totals, project }: DatasetReportSource): Html {
  const { total, labeled, unlabeled, excluded, missing, conflicts, labels, splits } = summary;
  const apart = [
    excluded > 0 ? `${excluded} excluded` : '',
    missing > 0 ? `${missing} missing` : '',
    conflicts > 0 ? `${conflicts} under two labels` : '',
  ].filter(Boolean);
  return html`${project.generated ? html`<div class="notice">The pictures of this project were drawn by the studio: they are a sample and no photos.</div>` : undefined}
    <div class="tiles">
    ${tile('Photos', total, fileSize(totals.bytes))}
    ${tile('Labeled', labeled, `${unlabeled} without a label`)}
    ${tile('Labels', labels.length, `${splits.train} / ${splits.validation} / ${splits.test} train, validation, test`)}
    ${tile('Set apart', excluded + missing, apart.join(', ') || count(0, 'photo'))}
  </div>`;
}

function tile(name: string, value: number, detail: string): Html {
  return html`<div class="tile"><div class="name">${name}</div><div class="value">${value}</div><div class="detail">${detail}</div></div>`;
}
