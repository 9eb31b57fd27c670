import classes from './ComparisonReport.module.css';

/** The sections of a comparison in the order in which they stand. */
export const reportSections = [
  'changed',
  'flips',
  'labels',
  'parts',
  'confusion',
  'calibration',
  'threshold',
  'robustness',
  'models',
] as const;
export type ReportSection = (typeof reportSections)[number];

const idOf = (section: ReportSection): string => `comparison-${section}`;

/** What makes an element a section that can be gone to. */
export const sectionProps = (section: ReportSection) => ({
  id: idOf(section),
  tabIndex: -1,
  className: classes.section,
});

/** Scrolls to a section; the Tab key goes on from there. */
export function goToSection(section: ReportSection): void {
  const element = document.getElementById(idOf(section));
  element?.scrollIntoView();
  element?.focus({ preventScroll: true });
}
