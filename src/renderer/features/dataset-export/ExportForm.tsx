import { Button, Radio, Select, Switch } from '@mantine/core';
import {
  type DatasetFormat,
  datasetFormats,
  datasetFormatSchema,
  type ExportChoice,
} from '@shared/api/dataset-export-api';
import { IconFileExport, IconReport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { ChoiceCard } from '../../ui/ChoiceCard';
import classes from './ExportDialog.module.css';
import { ExportNumbers } from './ExportNumbers';
import { startExport } from './start-export';

export function ExportForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const { host } = studio;
  const [format, setFormat] = useState<DatasetFormat>('folder');
  const [scopeName, setScopeName] = useState('all');
  const [splits, setSplits] = useState(true);
  const [zip, setZip] = useState(false);
  const [unlabeled, setUnlabeled] = useState(false);
  const [excluded, setExcluded] = useState(false);
  const filter = useStudioStore('photos', (state) => state.filter);
  const versions = useStudioStore('versions', (state) => state.versions) ?? [];
  // What is shown follows edits that are made meanwhile.
  const summary = useStudioStore('dataset', (state) => state.summary);

  const scope: ExportChoice['scope'] =
    scopeName === 'all'
      ? { kind: 'all' }
      : scopeName === 'filter'
        ? { kind: 'filter', filter }
        : { kind: 'version', versionId: scopeName };
  const isVersion = scope.kind === 'version';
  const choice: ExportChoice = { scope, unlabeled, excluded };
  const { value: preview } = useCall('datasetExport.preview', choice, summary);

  async function start() {
    const done = await attempt(async () => {
      if (await startExport(studio, { ...choice, format, splits, zip })) onDone();
    });
    return done;
  }

  return (
    <div className={classes.form}>
      <Radio.Group
        label={t('datasetExport.format.title')}
        value={format}
        onChange={(value) => setFormat(datasetFormatSchema.parse(value))}
      >
        <div className={classes.cards}>
          {datasetFormats.map((name) => (
            <ChoiceCard
              key={name}
              value={name}
              title={t(`datasetExport.format.${name}.name`)}
              facts={[t(`datasetExport.format.${name}.text`)]}
            />
          ))}
        </div>
      </Radio.Group>
      <div className={classes.choices}>
        <Select
          label={t('datasetExport.scope.title')}
          allowDeselect={false}
          value={scopeName}
          onChange={(value) => setScopeName(value ?? 'all')}
          data={[
            { value: 'all', label: t('datasetExport.scope.all') },
            {
              value: 'filter',
              label: t('datasetExport.scope.filter'),
              disabled: Object.keys(filter).length === 0,
            },
            ...versions.map(({ id }) => ({
              value: id,
              label: t('datasetExport.scope.version', { number: id.replace('version-', '') }),
            })),
          ]}
        />
        <div className={classes.switches}>
          <Switch
            label={t('datasetExport.splits')}
            checked={splits}
            onChange={(event) => setSplits(event.currentTarget.checked)}
          />
          <Switch
            label={t('datasetExport.unlabeled')}
            checked={unlabeled && !isVersion}
            disabled={isVersion}
            onChange={(event) => setUnlabeled(event.currentTarget.checked)}
          />
          <Switch
            label={t('datasetExport.excluded')}
            checked={excluded && !isVersion}
            disabled={isVersion}
            onChange={(event) => setExcluded(event.currentTarget.checked)}
          />
          {host.choosePlace && (
            <Switch
              label={t('datasetExport.zip')}
              checked={zip}
              onChange={(event) => setZip(event.currentTarget.checked)}
            />
          )}
        </div>
      </div>
      {preview && <ExportNumbers preview={preview} />}
      <p className={classes.hint}>{t('datasetExport.hint')}</p>
      <div className={classes.buttons}>
        <Button
          variant="default"
          component="a"
          href={host.mediaUrl('dataset/report.html')}
          target="_blank"
          rel="noopener"
          leftSection={<IconReport size={14} aria-hidden />}
        >
          {t('datasetExport.report')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button
          data-autofocus
          leftSection={<IconFileExport size={14} aria-hidden />}
          disabled={!preview || preview.photos === 0}
          onClick={() => void start()}
        >
          {t(host.choosePlace ? 'datasetExport.startTo' : 'datasetExport.start')}
        </Button>
      </div>
    </div>
  );
}
