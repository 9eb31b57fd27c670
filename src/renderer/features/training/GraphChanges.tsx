import { Spoiler } from '@mantine/core';
import type { GraphChange } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import classes from './ModelRecord.module.css';

/** What was removed from or fused in the graph, change by change. */
export function GraphChanges({ changes }: { changes: readonly GraphChange[] }) {
  const { t } = useTranslation();
  if (changes.length === 0) return undefined;
  return (
    <section>
      <h3 className={classes.sectionTitle}>{t('training.record.changes')}</h3>
      <Spoiler
        maxHeight={132}
        showLabel={t('training.record.allChanges', { count: changes.length })}
        hideLabel={t('training.record.fewerChanges')}
      >
        <ul className={classes.changes}>
          {changes.map(({ pass, description }) => (
            <li key={`${pass} ${description}`}>{description}</li>
          ))}
        </ul>
      </Spoiler>
    </section>
  );
}
