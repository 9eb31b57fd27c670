import { Modal, Text } from '@mantine/core';
import type { ImportReport } from '@shared/api/dataset-api';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime } from '../../../i18n/format';
import { useCall } from '../../../stores/use-call';
import { useStudioStore } from '../../../stores/use-studio';
import classes from './ImportReportDialog.module.css';

/** What an import took in, and each file that it did not with the reason. */
export function ImportReportDialog() {
  const { t } = useTranslation();
  const asked = useStudioStore('view', (view) => view.importReport);
  const set = useStudioStore('view', (view) => view.set);
  const { value } = useCall('dataset.importReport', asked);
  return (
    <Modal
      opened={asked !== undefined}
      onClose={() => set({ importReport: undefined })}
      title={t('library.report.title')}
      size="xl"
    >
      {value &&
        (value.report ? (
          <Report report={value.report} />
        ) : (
          <Text c="dimmed">{t('library.report.none')}</Text>
        ))}
    </Modal>
  );
}

function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const { problems } = report;
  const counts = [
    ['added', report.added],
    ['known', report.known],
    ['conflicts', report.conflicts],
    ['ignored', report.ignored],
    ['problems', problems.length],
  ] as const;
  return (
    <>
      <p className={classes.when}>{formatDateTime(report.startedAt)}</p>
      <dl className={classes.counts}>
        {counts.map(([name, count]) => (
          <div key={name} className={classes.count} data-name={name} data-any={count > 0}>
            <dd className={classes.figure}>{formatCount(count)}</dd>
            <dt className={classes.name} title={t(`library.report.${name}Hint`)}>
              {t(`library.report.${name}`)}
            </dt>
          </div>
        ))}
      </dl>
      {problems.length > 0 && (
        <ul className={classes.problems}>
          {problems.map((problem) => (
            <li key={problem.path} className={classes.problem}>
              <span className={classes.path}>{problem.path}</span>
              <span className={classes.message}>{problem.message}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
