import type { IssuesOverview } from '@shared/api/issues-api';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { currentKind } from '../../stores/issues-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { CountRow } from '../../ui/CountRow';
import { PanelSection } from '../../ui/PanelSection';
import { Findings } from './Findings';
import classes from './IssueKinds.module.css';

/** Every kind with its open issues, then what is wrong with labels. */
export function IssueKinds({ overview }: { overview: IssuesOverview }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const current = useStudioStore('issues', currentKind);
  const state = useStudioStore('issues', (issues) => issues.state);
  return (
    <>
      <PanelSection title={t('issues.kindsTitle')}>
        {overview.kinds.map((kind) => (
          <CountRow
            key={kind.kind}
            isOn={kind.kind === current}
            count={kind[state]}
            tone={kind[state] === 0 ? 'quiet' : undefined}
            onClick={() => void attempt(() => stores.issues.getState().show(kind.kind, state))}
          >
            {t(`issues.kinds.${kind.kind}.name`)}
          </CountRow>
        ))}
      </PanelSection>
      <PanelSection title={t('issues.findings.title')}>
        {overview.findings.length === 0 ? (
          <p className={classes.none}>{t('issues.findings.none')}</p>
        ) : (
          <Findings findings={overview.findings} />
        )}
      </PanelSection>
      <p className={classes.none}>
        {t('issues.analyzedPhotos', { formatted: formatCount(overview.photos) })}
      </p>
    </>
  );
}
