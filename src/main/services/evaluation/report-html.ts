import { calibrationSection } from './report/calibration-section';
import { classesSection } from './report/classes-section';
import { confusionSection } from './report/confusion-section';
import { coverageSection } from './report/coverage-section';
import { differenceSection } from './report/difference-section';
import { flipsSection } from './report/flips-section';
import { dateTime } from '../../platform/report/format';
import { reportPage } from '../../platform/report/page';
import { modelsSection } from './report/models-section';
import { provenanceSection } from './report/provenance-section';
import { robustnessSection } from './report/robustness-section';
import { slicesSection } from './report/slices-section';
import { summarySection } from './report/summary-section';
import type { ReportSource } from './report-json';

export interface HtmlReportSource extends ReportSource {
  /** `data:` URLs by photo id; a photo without one is shown as gone. */
  thumbnails: ReadonlyMap<number, string>;
}

/** `report.html` of a comparison. */
export function reportHtml(source: HtmlReportSource): string {
  const { project, comparison, models, slices, robustness, thumbnails } = source;
  const [first, ...others] = comparison.models.map((model) => model.name);
  return reportPage({
    title: `${others.join(', ')} against ${first ?? ''}`,
    where: `${project.name} · ${comparison.id} · ${dateTime(comparison.createdAt)}`,
    body: [
      summarySection(comparison),
      modelsSection(comparison, models),
      differenceSection(comparison),
      flipsSection(comparison, thumbnails),
      classesSection(comparison),
      ...(slices.length > 0 ? [slicesSection(comparison, slices)] : []),
      confusionSection(comparison),
      calibrationSection(comparison),
      coverageSection(comparison),
      ...(robustness ? [robustnessSection(comparison, robustness)] : []),
      provenanceSection(comparison, models),
    ],
    footer:
      'Made by Pocketlens Studio, on the computer that holds the photos. Every figure was measured as stated above.',
  });
}
