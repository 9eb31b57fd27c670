import type { VersionSummary } from '@shared/api/versions-api';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime } from '../../i18n/format';
import { useStudio } from '../../stores/use-studio';
import { NoteField } from '../../ui/NoteField';
import { sideTitle } from './version-name';
import classes from './VersionHeader.module.css';

/** What a version holds, what was trained on it, and what a person says about it. */
export function VersionHeader({ version }: { version: VersionSummary }) {
  const { t } = useTranslation();
  const { client } = useStudio();
  const { photos, splits, labels, models } = version;
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h2 className={classes.title}>
          {sideTitle(version.id)}
          <span className={classes.when}>{formatDateTime(version.createdAt)}</span>
        </h2>
        <p className={classes.fact}>
          {t('versions.photos', { count: photos, formatted: formatCount(photos) })}
          {' · '}
          {t('versions.splits', {
            train: formatCount(splits.train),
            validation: formatCount(splits.validation),
            test: formatCount(splits.test),
          })}
        </p>
        <p className={classes.fact} title={labels.map(describeLabel).join('\n')}>
          {t('versions.labels', { count: labels.length, formatted: formatCount(labels.length) })}
          {': '}
          {labels.map(describeLabel).join(', ')}
        </p>
        <p className={classes.fact}>
          {models.length === 0
            ? t('versions.untrained')
            : t('versions.trained', {
                names: models.map(({ id, name }) => `${name} (${id})`).join(', '),
              })}
        </p>
      </div>
      <NoteField
        className={classes.note}
        label={t('versions.note')}
        placeholder={t('versions.notePlaceholder')}
        note={version.note}
        onSave={(note) => client.call('versions.setNote', { versionId: version.id, note })}
      />
    </header>
  );
}

const describeLabel = ({ name, train, validation, test }: VersionSummary['labels'][number]) =>
  `${name} ${formatCount(train + validation + test)}`;
