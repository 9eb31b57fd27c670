import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '../../i18n/format';
import { currentKind, type ShownIssue } from '../../stores/issues-store';
import { useStudioStore } from '../../stores/use-studio';
import { LabelChip } from '../../ui/LabelChip';
import classes from './IssueFacts.module.css';

/** The number or suggestion that an issue rests on. */
export function IssueFacts({ issue }: { issue: ShownIssue }) {
  const { t } = useTranslation();
  const kind = useStudioStore('issues', currentKind);
  const suggested = useStudioStore('dataset', ({ summary }) =>
    summary?.labels.find(({ id }) => id === issue.suggestedLabelId),
  );
  const { detail, photo } = issue;
  if (suggested) {
    return (
      <span className={classes.suggestion}>
        <IconArrowRight size={13} aria-label={t('issues.suggested')} />
        <LabelChip label={suggested} />
        <span className={classes.number}>{formatPercent(detail.probability ?? 0, 0)}</span>
      </span>
    );
  }
  if (detail.places !== undefined) {
    return (
      <span className={classes.number}>
        {t('issues.places', { count: detail.places, formatted: formatCount(detail.places) })}
      </span>
    );
  }
  if (detail.measured !== undefined && kind !== undefined) {
    const measured =
      kind === 'odd-aspect' ? detail.measured.toFixed(1) : formatCount(detail.measured);
    return <span className={classes.number}>{t(`issues.measured.${kind}`, { measured })}</span>;
  }
  return (
    <span className={classes.number} title={photo.fileName}>
      {formatCount(photo.width)} × {formatCount(photo.height)}
    </span>
  );
}
