import { Button, Checkbox, Table } from '@mantine/core';
import type { MethodOutput } from '@shared/api/contract';
import type { LayerError } from '@shared/domain/layer-error';
import type { Model } from '@shared/domain/model';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '../../i18n/format';
import { activeJob } from '../../stores/jobs-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import classes from './LayerErrors.module.css';
import panel from './ModelPanel.module.css';
import { RangeHistogram } from './RangeHistogram';

/** Rows shown before all are asked for. */
const worst = 10;
/** Decibels of a whole bar. */
const scale = 60;

/** Where a quantized model strays from its float parent, tensor by tensor: measured when asked. */
export function LayerErrors({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { client } = useStudio();
  const [measured, setMeasured] = useState<MethodOutput<'quantization.layers'>>();
  const [isMeasuring, setMeasuring] = useState(false);

  async function measure() {
    setMeasuring(true);
    await attempt(async () => {
      setMeasured(await client.call('quantization.layers', { modelId: model.id }));
    });
    setMeasuring(false);
  }

  return (
    <section className={classes.panel} aria-label={t('training.layers.title')}>
      <header className={classes.header}>
        <h3 className={panel.title}>{t('training.layers.title')}</h3>
        <Button
          size="compact-sm"
          variant="default"
          loading={isMeasuring}
          onClick={() => void measure()}
        >
          {t(measured ? 'training.layers.again' : 'training.layers.measure')}
        </Button>
      </header>
      <p className={classes.hint}>{t('training.layers.hint')}</p>
      {measured && <Layers measured={measured} model={model} />}
    </section>
  );
}

interface LayersProps {
  measured: MethodOutput<'quantization.layers'>;
  model: Model;
}

function Layers({ measured, model }: LayersProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const isInteger = model.precision === 'int8' || model.precision === 'int16x8';
  const canKeep = isInteger && model.quantization !== undefined;
  const alreadyKept = model.quantization?.settings.keepFloat ?? [];
  const toggle = (name: string) =>
    setChosen(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  const [isWhole, setWhole] = useState(false);
  const { layers, photos, runtime } = measured;
  const hasRanges = layers.some(({ histogram }) => histogram !== undefined);
  return (
    <>
      <Table className={classes.table} verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('training.layers.tensor')}</Table.Th>
            <Table.Th>{t('training.layers.operator')}</Table.Th>
            <Table.Th ta="right">{t('training.layers.signal')}</Table.Th>
            <Table.Th aria-hidden />
            <Table.Th ta="right" title={t('training.layers.addedHint')}>
              {t('training.layers.added')}
            </Table.Th>
            <Table.Th ta="right">{t('training.layers.clipped')}</Table.Th>
            {hasRanges && (
              <Table.Th title={t('training.layers.rangeHint')}>
                {t('training.layers.range')}
              </Table.Th>
            )}
            {canKeep && <Table.Th aria-hidden />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(isWhole ? layers : layers.slice(0, worst)).map((layer) => (
            <LayerRow key={layer.name} layer={layer} hasRanges={hasRanges}>
              {canKeep && (
                <Table.Td>
                  {alreadyKept.includes(layer.name) ? (
                    t('training.layers.kept')
                  ) : (
                    <Checkbox
                      size="xs"
                      aria-label={t('training.layers.keep', { name: layer.name })}
                      checked={chosen.includes(layer.name)}
                      onChange={() => toggle(layer.name)}
                    />
                  )}
                </Table.Td>
              )}
            </LayerRow>
          ))}
        </Table.Tbody>
      </Table>
      {!isWhole && layers.length > worst && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          mt={6}
          onClick={() => setWhole(true)}
        >
          {t('training.layers.all', { formatted: formatCount(layers.length) })}
        </Button>
      )}
      {chosen.length > 0 && <KeepInFloat model={model} names={[...alreadyKept, ...chosen]} />}
      <p className={classes.hint}>
        {t('training.layers.provenance', { photos: formatCount(photos), runtime })}
      </p>
    </>
  );
}

interface LayerRowProps {
  layer: LayerError;
  /** Whether some of the tensors have a range. */
  hasRanges: boolean;
  children: ReactNode;
}

function LayerRow({ layer, hasRanges, children }: LayerRowProps) {
  const { t } = useTranslation();
  const { name, operator, signalToNoise, added, clipped, histogram } = layer;
  const width = `${Math.max(0, Math.min(1, signalToNoise / scale)) * 100}%`;
  return (
    <Table.Tr>
      <Table.Td className={classes.name} title={name}>
        {name}
      </Table.Td>
      <Table.Td>{operator}</Table.Td>
      <Table.Td ta="right">
        {t('training.layers.decibels', { formatted: signalToNoise.toFixed(1) })}
      </Table.Td>
      <Table.Td className={classes.track} aria-hidden>
        <div className={classes.bar} style={{ width }} />
      </Table.Td>
      <Table.Td ta="right">{formatPercent(added, 0)}</Table.Td>
      <Table.Td ta="right">{clipped === 0 ? '–' : formatPercent(clipped, 2)}</Table.Td>
      {hasRanges && <Table.Td>{histogram && <RangeHistogram shares={histogram} />}</Table.Td>}
      {children}
    </Table.Tr>
  );
}

/** Makes the model anew from its parent, with some of its tensors left alone. */
function KeepInFloat({ model, names }: { model: Model; names: string[] }) {
  const { t } = useTranslation();
  const { client } = useStudio();
  const isBusy = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'quantize') !== undefined);
  const { parentId, quantization } = model;
  if (parentId === undefined || quantization === undefined) return undefined;
  const settings = { ...quantization.settings, keepFloat: names };
  return (
    <>
      <p className={classes.hint}>{t('training.layers.keepHint')}</p>
      <Button
        size="compact-sm"
        disabled={isBusy}
        onClick={() =>
          void attempt(() => client.call('quantization.start', { modelId: parentId, settings }))
        }
      >
        {t('training.layers.quantize')}
      </Button>
    </>
  );
}
