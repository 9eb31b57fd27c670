import { classesSection } from './report/classes-section';
import { confusionSection } from './report/confusion-section';
import { differenceSection } from './report/difference-section';
import { flipsSection } from './report/flips-section';
import { dateTime } from './report/format';
import { Html, html } from './report/html';
import { modelsSection } from './report/models-section';
import { provenanceSection } from './report/provenance-section';
import { style } from './report/style';
import { summarySection } from './report/summary-section';
import type { ReportSource } from './report-json';

export interface HtmlReportSource extends ReportSource {
  /** `data:` URLs by photo id; a photo without one is shown as gone. */
  thumbnails: ReadonlyMap<number, string>;
}

/**
 * `report.html`: one file that opens anywhere, from a disk or a mail. No script, nothing fetched;
 * its own content security policy forbids both, whatever a label or file is called.
 */
export function reportHtml({ project, comparison, models, thumbnails }: HtmlReportSource): string {
  const [first, ...others] = comparison.models.map((model) => model.name);
  const title = `${others.join(', ')} against ${first ?? ''}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title} · Pocketlens Studio</title>
<style>${new Html(style)}</style>
</head>
<body><main>
<header>
<div class="where">${project.name} · ${comparison.id} · ${dateTime(comparison.createdAt)}</div>
<h1>${title}</h1>
</header>
${summarySection(comparison)}
${modelsSection(comparison)}
${differenceSection(comparison)}
${flipsSection(comparison, thumbnails)}
${classesSection(comparison)}
${confusionSection(comparison)}
${provenanceSection(comparison, models)}
<footer>Made by Pocketlens Studio, on the computer that holds the photos. Every figure was measured as stated above.</footer>
</main></body>
</html>
`.text;
}
