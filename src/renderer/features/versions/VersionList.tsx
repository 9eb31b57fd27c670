import { UnstyledButton } from '@mantine/core';
import type { VersionSummary } from '@shared/api/versions-api';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatCount, formatDateTime } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { currentPair, currentVersion } from '../../stores/versions-store';
import { attempt } from '../../ui/attempt';
import { PanelSection } from '../../ui/PanelSection';
import { sideTitle } from './version-name';
import classes from './VersionList.module.css';

/** Every version, newest first; one is chosen, and with Ctrl a second to compare it with. */
export function VersionList({ versions }: { versions: readonly VersionSummary[] }) {
  const { t } = useTranslation();
  return (
    <PanelSection title={t('versions.list')}>
      {versions.map((version) => (
        <VersionEntry key={version.id} version={version} />
      ))}
      {versions.length > 1 && <p className={classes.hint}>{t('versions.listHint')}</p>}
    </PanelSection>
  );
}

function VersionEntry({ version }: { version: VersionSummary }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const isCurrent = useStudioStore('versions', (state) => currentVersion(state)?.id === version.id);
  const isCompared = useStudioStore('versions', (state) =>
    Object.values(currentPair(state) ?? {}).includes(version.id),
  );
  const { choose, compareWith } = stores.versions.getState();

  function click({ ctrlKey, metaKey, shiftKey }: React.MouseEvent): void {
    const isSecond = ctrlKey || metaKey || shiftKey;
    void attempt(() => (isSecond && !isCurrent ? compareWith(version.id) : choose(version.id)));
  }

  return (
    <UnstyledButton
      className={classes.entry}
      aria-current={isCurrent || undefined}
      data-compared={isCompared || undefined}
      title={formatDateTime(version.createdAt)}
      onClick={click}
    >
      <span className={classes.name}>
        {sideTitle(version.id)}
        <span className={classes.when}>{formatAgo(version.createdAt)}</span>
      </span>
      <span className={classes.facts}>
        {[
          t('versions.photos', { count: version.photos, formatted: formatCount(version.photos) }),
          ...version.models.map(({ name }) => name),
        ].join(' · ')}
      </span>
      {version.note !== '' && <span className={classes.note}>{version.note}</span>}
    </UnstyledButton>
  );
}
