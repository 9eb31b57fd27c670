import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { goToSection, type ReportSection } from './report-sections';
import classes from './SectionNav.module.css';

/** Where to go in a comparison, whose page is long; stays in sight. */
export function SectionNav({ sections }: { sections: readonly ReportSection[] }) {
  const { t } = useTranslation();
  return (
    <nav className={classes.nav} aria-label={t('comparison.sections.title')}>
      {sections.map((section) => (
        <UnstyledButton
          key={section}
          className={classes.section}
          onClick={() => goToSection(section)}
        >
          {t(`comparison.sections.${section}`)}
        </UnstyledButton>
      ))}
    </nav>
  );
}
