import { Button, Table } from '@mantine/core';
import { isFinished } from '@shared/domain/job';
import type { Model } from '@shared/domain/model';
import type { MistakeEffect, PreprocessingCheck } from '@shared/domain/preprocessing-check';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime, formatPercent } from '../../i18n/format';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { JobNotice } from '../../ui/JobNotice';
import panel from './ModelPanel.module.css';
import classes from './PreprocessingPanel.module.css';

/** What apps that prepare photos wrongly get from this model: measured when asked. */
export function PreprocessingPanel({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { client, stores } = useStudio();
  const job = useStudioStore('jobs', ({ jobs }) =>
    jobs.find(({ kind }) => kind === 'check-preprocessing'),
  );
  const { value } = useCall('preprocessing.lastCheck', { modelId: model.id }, job?.state);
  return (
    <section className={panel.panel} aria-label={t('preprocessing.title')}>
      <h3 className={panel.title}>{t('preprocessing.title')}</h3>
      <p className={panel.hint}>{t('preprocessing.hint')}</p>
      <Button
        variant="default"
        disabled={job !== undefined && !isFinished(job)}
        onClick={() =>
          void attempt(() => client.call('preprocessing.check', { modelId: model.id }))
        }
      >
        {t(value?.check ? 'preprocessing.again' : 'preprocessing.start')}
      </Button>
      <JobNotice job={job} commands={stores.jobs.getState()} />
      {value?.check && <Effects check={value.check} />}
    </section>
  );
}

function Effects({ check }: { check: PreprocessingCheck }) {
  const { t } = useTranslation();
  const { photos, right, effects, harmless, split, versionId, runtime, at } = check;
  return (
    <>
      <Table className={classes.table} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('preprocessing.mistake')}</Table.Th>
            <Table.Th ta="right">{t('preprocessing.right')}</Table.Th>
            <Table.Th aria-hidden />
            <Table.Th ta="right">{t('preprocessing.agreement')}</Table.Th>
            <Table.Th ta="right" title={t('preprocessing.confidenceHint')}>
              {t('preprocessing.confidence')}
            </Table.Th>
            <Table.Th>{t('preprocessing.favorite')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <EffectRow name={t('preprocessing.none')} effect={right} photos={photos} />
          {effects.map((effect) => (
            <EffectRow
              key={effect.mistake}
              name={t(`preprocessing.names.${effect.mistake}`)}
              effect={effect}
              photos={photos}
            />
          ))}
        </Table.Tbody>
      </Table>
      {harmless.length > 0 && (
        <p className={panel.hint}>
          {t('preprocessing.harmless', {
            names: harmless.map((mistake) => t(`preprocessing.names.${mistake}`)).join(', '),
          })}
        </p>
      )}
      <p className={panel.hint}>
        {t(`preprocessing.provenance.${split}`, {
          photos: formatCount(photos),
          version: versionId,
          runtime,
          at: formatDateTime(at),
        })}
      </p>
    </>
  );
}

interface EffectRowProps {
  name: string;
  effect: PreprocessingCheck['right'] & Partial<Pick<MistakeEffect, 'agreement'>>;
  photos: number;
}

function EffectRow({ name, effect, photos }: EffectRowProps) {
  const { t } = useTranslation();
  const { correct, interval, agreement, confidence, favorite } = effect;
  const share = correct / photos;
  const [low, high] = [formatPercent(interval.low), formatPercent(interval.high)];
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td ta="right" title={t('preprocessing.interval', { low, high })}>
        {formatPercent(share)}
      </Table.Td>
      <Table.Td className={classes.track} aria-hidden>
        <div className={classes.bar} style={{ width: `${share * 100}%` }} />
      </Table.Td>
      <Table.Td ta="right">{agreement === undefined ? '' : formatPercent(agreement)}</Table.Td>
      <Table.Td ta="right">{formatPercent(confidence, 0)}</Table.Td>
      <Table.Td>
        {t('preprocessing.favoriteValue', {
          label: favorite.label,
          share: formatPercent(favorite.share, 0),
        })}
      </Table.Td>
    </Table.Tr>
  );
}
