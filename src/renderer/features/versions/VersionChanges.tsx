import { Button, SegmentedControl } from '@mantine/core';
import type { VersionComparison } from '@shared/api/versions-api';
import { versionChangeKinds } from '@shared/domain/dataset-version';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { i18n } from '../../i18n/i18n';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { currentPair } from '../../stores/versions-store';
import { attempt } from '../../ui/attempt';
import { ChangeTile } from './ChangeTile';
import { sideName } from './version-name';
import classes from './VersionChanges.module.css';

/** What became of the photos, kind by kind. */
export function VersionChanges() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const comparison = useStudioStore('versions', (state) => state.comparison);
  const kind = useStudioStore('versions', (state) => state.kind);
  const first = useStudioStore('versions', (state) => currentPair(state)?.first);
  const second = useStudioStore('versions', (state) => currentPair(state)?.second);
  if (!comparison || !first || !second) return undefined;
  const { counts } = comparison;
  const { showKind } = stores.versions.getState();
  const labelSentences = describeLabels(comparison);
  const isIdentical =
    versionChangeKinds.every((name) => counts[name] === 0) && labelSentences.length === 0;
  if (isIdentical) return <p className={classes.none}>{t('versions.identical')}</p>;
  return (
    <>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('versions.kinds.name')}
          data={versionChangeKinds.map((value) => ({
            value,
            label: `${t(`versions.kinds.${value}`)} ${formatCount(counts[value])}`,
          }))}
          value={kind}
          onChange={(value) => {
            const wanted = versionChangeKinds.find((name) => name === value);
            if (wanted) void attempt(() => showKind(wanted));
          }}
        />
        <span className={classes.words}>
          {t(`versions.explain.${kind}`, { first: sideName(first), second: sideName(second) })}{' '}
          {labelSentences.join('. ')}
        </span>
        <span className={classes.same}>
          {t('versions.same', { formatted: formatCount(comparison.same) })}
        </span>
      </div>
      <Gallery total={counts[kind]} />
    </>
  );
}

function Gallery({ total }: { total: number }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const kind = useStudioStore('versions', (state) => state.kind);
  const changes = useStudioStore('versions', (state) => state.changes);
  if (total === 0) return <p className={classes.none}>{t('versions.noneOfKind')}</p>;
  return (
    <div className={classes.scroller}>
      <div className={classes.tiles} role="listbox" aria-label={t(`versions.kinds.${kind}`)}>
        {changes.map((change, index) => (
          <ChangeTile key={change.photoId} change={change} index={index} />
        ))}
      </div>
      {changes.length > 0 && changes.length < total && (
        <Button
          variant="default"
          mt="md"
          onClick={() => void attempt(() => stores.versions.getState().showMore())}
        >
          {t('versions.more', { formatted: formatCount(total - changes.length) })}
        </Button>
      )}
    </div>
  );
}

function describeLabels({
  renamedLabels,
  addedLabels,
  removedLabels,
}: VersionComparison): string[] {
  return [
    ...renamedLabels.map((names) => i18n.t('versions.renamed', names)),
    ...addedLabels.map((name) => i18n.t('versions.newLabel', { name })),
    ...removedLabels.map((name) => i18n.t('versions.goneLabel', { name })),
  ];
}
