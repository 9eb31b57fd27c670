import { Button } from '@mantine/core';
import type { Comparison } from '@shared/domain/comparison';
import { judge } from '@shared/domain/verdict';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { GeneratedBadge } from '../../ui/GeneratedBadge';
import classes from './ComparisonReport.module.css';

interface ReportHeaderProps {
  comparison: Comparison;
  names: readonly string[];
}

/** What was compared, and the sentence that it comes to. */
export function ReportHeader({ comparison, names }: ReportHeaderProps) {
  const { t } = useTranslation();
  const { host } = useStudio();
  const { id, answers, createdAt, differences, generated, models, skipped, split } = comparison;
  const [difference] = differences;
  const made = useStudioStore('models', (state) => state.models);
  const imported = made?.filter(
    (model) => model.imported && models.some(({ modelId }) => modelId === model.id),
  );
  const [first, ...others] = names;
  // Several differences have no common color.
  const judgement =
    difference && differences.length === 1 ? judge(difference, answers.length) : undefined;
  const reasons = [...new Set(skipped.map(({ reason }) => reason))];
  return (
    <header className={classes.header}>
      <div className={classes.about}>
        <div>
          <h2 className={classes.title}>
            {t('comparison.against', {
              first: first ?? '',
              second: others.join(', '),
            })}
          </h2>
          <p className={classes.facts}>
            <span>
              {[
                t(`comparison.photosOf.${split}`, {
                  count: answers.length,
                  formatted: formatCount(answers.length),
                }),
                models[0]?.name,
                formatDateTime(createdAt),
              ].join(' · ')}
            </span>
            {generated && <GeneratedBadge />}
          </p>
        </div>
        <div className={classes.buttons}>
          <Button
            variant="default"
            component="a"
            href={host.mediaUrl(`comparison/${id}/report.html`)}
            target="_blank"
            rel="noopener"
            leftSection={<IconExternalLink size={14} />}
          >
            {t('comparison.openReport')}
          </Button>
          <Button
            variant="default"
            component="a"
            href={host.mediaUrl(`comparison/${id}/report.json`)}
            download={`${id}.json`}
          >
            {t('comparison.json')}
          </Button>
        </div>
      </div>
      <p className={classes.verdict} data-judgement={judgement}>
        {comparison.verdict}
      </p>
      {imported?.map(({ id: modelId, name }) => (
        <p key={modelId} className={classes.note}>
          {t('comparison.madeElsewhere', { name })}
        </p>
      ))}
      {skipped.length > 0 && (
        <p className={classes.note}>
          {t('comparison.skipped', {
            count: skipped.length,
            formatted: formatCount(skipped.length),
            reasons: reasons.join(' '),
          })}
        </p>
      )}
    </header>
  );
}
