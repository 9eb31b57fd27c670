import type { Model } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount, formatDuration, formatPercent } from '../../i18n/format';
import { Fact } from '../../ui/Fact';
import { QuantizationGains } from './QuantizationGains';
import { AwareFact } from './fine-tune/AwareFact';
import { FineTunedFacts } from './fine-tune/FineTunedFacts';
import { differenceText } from './difference-text';
import { GraphChanges } from './GraphChanges';
import { LayerErrors } from './LayerErrors';
import { LadderPanel } from './LadderPanel';
import { ModelHeader } from './ModelHeader';
import classes from './ModelRecord.module.css';
import { ModelSettings } from './ModelSettings';
import { PreprocessingPanel } from './PreprocessingPanel';
import { QuantizePanel } from './QuantizePanel';
import { TrainingCurves } from './TrainingCurves';

/** All that is known about one model, and what can be made of it. */
export function ModelRecord({ model }: { model: Model }) {
  return (
    <article className={classes.record} aria-label={model.name}>
      <ModelHeader model={model} />
      {model.training && <TrainedFacts model={model} training={model.training} />}
      {model.imported && <ImportedFacts model={model} imported={model.imported} />}
      {model.quantization && <QuantizedFacts model={model} quantization={model.quantization} />}
      {model.quantization?.gains && (
        <QuantizationGains model={model} gains={model.quantization.gains} />
      )}
      {model.parentId !== undefined && <LayerErrors key={model.id} model={model} />}
      {model.precision === 'float32' && <QuantizePanel model={model} />}
      {model.precision === 'float32' && <LadderPanel model={model} />}
      <PreprocessingPanel model={model} />
      {model.training && (
        <TrainingCurves records={model.training.epochs} bestEpoch={model.training.bestEpoch} />
      )}
      <ModelSettings model={model} />
      <GraphChanges
        changes={(model.training ?? model.quantization ?? model.imported)?.changes ?? []}
      />
    </article>
  );
}

interface TrainedFactsProps {
  model: Model;
  training: NonNullable<Model['training']>;
}

function TrainedFacts({ model, training }: TrainedFactsProps) {
  const { t } = useTranslation();
  const { accuracy, check, counts } = training;
  return (
    <div className={classes.facts}>
      <Fact
        name={t('training.record.validation')}
        value={formatPercent(accuracy.validation)}
        detail={t('training.record.onPhotos', { formatted: formatCount(counts.validation) })}
        provenance={model.provenance}
      />
      <Fact
        name={t('training.record.train')}
        value={formatPercent(accuracy.train)}
        detail={t('training.record.onPhotos', { formatted: formatCount(counts.train) })}
        provenance={model.provenance}
      />
      <FineTunedFacts model={model} training={training} />
      <Fact name={t('training.record.size')} value={formatBytes(model.bytes)} />
      <Fact
        name={t('training.record.time')}
        value={formatDuration(training.seconds * 1000)}
        detail={t(`training.record.stopped.${training.stopped}`, { epoch: training.bestEpoch })}
      />
      <Fact
        name={t('training.record.check')}
        value={t('training.record.equal')}
        detail={t('training.record.checkDetail', {
          difference: check.largestDifference.toExponential(1),
          photos: check.photos,
        })}
      />
    </div>
  );
}

interface QuantizedFactsProps {
  model: Model;
  quantization: NonNullable<Model['quantization']>;
}

function QuantizedFacts({ model, quantization }: QuantizedFactsProps) {
  const { t } = useTranslation();
  const { check, calibrationPhotos, seconds } = quantization;
  return (
    <div className={classes.facts}>
      <Fact
        name={t('training.record.agreement')}
        value={formatPercent(check.agreement)}
        detail={t('training.record.onPhotos', { formatted: formatCount(check.photos) })}
        provenance={model.provenance}
      />
      <Fact
        name={t('training.record.difference')}
        value={check.largestDifference.toFixed(3)}
        detail={t('training.record.differenceDetail')}
        provenance={model.provenance}
      />
      <Fact name={t('training.record.size')} value={formatBytes(model.bytes)} />
      <Fact name={t('training.record.io')} value={model.io} />
      {quantization.aware && <AwareFact aware={quantization.aware} model={model} />}
      {calibrationPhotos > 0 && (
        <Fact
          name={t('training.record.calibration')}
          value={formatCount(calibrationPhotos)}
          detail={t('training.record.calibrationDetail')}
        />
      )}
      <Fact name={t('training.record.time')} value={formatDuration(seconds * 1000)} />
    </div>
  );
}

interface ImportedFactsProps {
  model: Model;
  imported: NonNullable<Model['imported']>;
}

function ImportedFacts({ model, imported }: ImportedFactsProps) {
  const { t } = useTranslation();
  const { fileName, sha256, leftOut } = imported;
  return (
    <>
      <div className={classes.facts}>
        <Fact
          name={t('importModel.fact')}
          value={fileName}
          detail={t('importModel.factDetail', { sha256: sha256.slice(0, 12) })}
        />
        <Fact
          name={t('importModel.proof')}
          value={differenceText(imported.proof.largestDifference)}
          detail={t(`importModel.proofOn.${imported.proof.of}`, { count: imported.proof.pictures })}
        />
        <Fact name={t('training.record.size')} value={formatBytes(model.bytes)} />
        <Fact name={t('training.record.io')} value={model.io} />
      </div>
      <p className={classes.note}>
        {t('importModel.unknown')}{' '}
        {leftOut.length > 0 && t('importModel.leftOut', { count: leftOut.length })}
      </p>
    </>
  );
}
