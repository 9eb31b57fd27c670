import type { Readiness } from '@shared/api/training-api';
import { splits } from '@shared/domain/split';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { ProgressLine } from '../../ui/ProgressLine';
import classes from './ReadinessPanel.module.css';

/** What there is to learn from, and every reason why it is not enough. */
export function ReadinessPanel({ readiness }: { readiness: Readiness | undefined }) {
  const { t } = useTranslation();
  const { done, total } = readiness?.features ?? { done: 0, total: 0 };
  return (
    <section aria-label={t('training.readiness.title')}>
      <dl className={classes.counts}>
        {splits.map((split) => (
          <div key={split} className={classes.count} data-split={split}>
            <dt>{t(`training.readiness.${split}`)}</dt>
            <dd>{readiness ? formatCount(readiness.counts[split]) : '–'}</dd>
          </div>
        ))}
      </dl>
      {done < total && (
        <div className={classes.features}>
          <span>
            {t('training.readiness.features', {
              done: formatCount(done),
              total: formatCount(total),
            })}
          </span>
          <ProgressLine done={done} total={total} />
        </div>
      )}
      {readiness?.problems.map(({ blocking, message, remedy }) => (
        <p key={message} className={classes.problem} data-blocking={blocking}>
          {blocking ? <IconCircleX size={15} /> : <IconAlertTriangle size={15} />}
          <span>
            {message} {remedy}
          </span>
        </p>
      ))}
    </section>
  );
}
