import { Button } from '@mantine/core';
import type { Comparison } from '@shared/domain/comparison';
import { judge, verdictSentences } from '@shared/domain/verdict';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { activeJob } from '../../stores/jobs-store';
import { attempt } from '../../ui/attempt';
import { GeneratedBadge } from '../../ui/GeneratedBadge';
import { NoteField } from '../../ui/NoteField';
import classes from './ComparisonReport.module.css';
import { repeatComparison } from './start-comparison';

interface ReportHeaderProps {
  comparison: Comparison;
  names: readonly string[];
}

/** What was compared, and the sentence that it comes to. */
export function ReportHeader({ comparison, names }: ReportHeaderProps) {
  const { t } = useTranslation();
  const studio = useStudio();
  const { client, host } = studio;
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'compare') !== undefined);
  const note = useStudioStore(
    'comparisons',
    (state) => state.comparisons?.find((one) => one.id === comparison.id)?.note ?? '',
  );
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
            disabled={isRunning}
            onClick={() => void attempt(() => repeatComparison(studio, comparison))}
          >
            {t('comparison.again')}
          </Button>
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
      {differences.length === 1 ? (
        <p className={classes.verdict} data-judgement={judgement}>
          {comparison.verdict}
        </p>
      ) : (
        <ul className={classes.verdicts}>
          {verdictSentences(comparison).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <NoteField
        className={classes.noteField}
        label={t('comparison.note')}
        placeholder={t('comparison.notePlaceholder')}
        note={note}
        onSave={(text) => client.call('evaluation.setNote', { comparisonId: id, note: text })}
      />
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
