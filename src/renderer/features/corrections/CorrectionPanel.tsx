import { Button } from '@mantine/core';
import { type Correction, dismissedKeptDays } from '@shared/domain/correction';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatBytes, formatDateTime } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { Facts } from '../../ui/Facts';
import { KeyCaps } from '../../ui/KeyCaps';
import { LabelButtons } from '../../ui/LabelButtons';
import { LabelChip } from '../../ui/LabelChip';
import { PanelSection } from '../../ui/PanelSection';
import { ProbabilityBar } from '../../ui/ProbabilityBar';
import classes from './CorrectionsPlace.module.css';
import { accept, bringBack, dismiss } from './decide';

/** What the model and the person said, and what becomes of it. */
export function CorrectionPanel({ correction }: { correction: Correction }) {
  const { t } = useTranslation();
  const { answered } = correction;
  return (
    <>
      <PanelSection title={t('corrections.words.answered')}>
        <div className={classes.words}>
          {!answered && t('corrections.words.collected')}
          {answered?.probability !== undefined && (
            <ProbabilityBar name={answered.label} probability={answered.probability} />
          )}
          {answered &&
            answered.probability === undefined &&
            t('corrections.words.answeredWithout', { label: answered.label })}
        </div>
      </PanelSection>
      <PanelSection title={t('corrections.words.said')}>
        <Said correction={correction} />
        {correction.state !== 'accepted' && <AlreadyThere correction={correction} />}
      </PanelSection>
      <Decision correction={correction} />
      <PanelSection>
        <CorrectionFacts correction={correction} />
      </PanelSection>
    </>
  );
}

function Said({ correction: { said, labelId } }: { correction: Correction }) {
  const { t } = useTranslation();
  const label = useLabel(labelId);
  return (
    <div className={classes.words}>
      {label && <LabelChip label={label} />}
      {!label && said !== undefined && t('corrections.words.unknownLabel', { label: said })}
      {said === undefined && t('corrections.words.onlyWrong')}
    </div>
  );
}

/** The same bytes are a photo of the project: accepting changes its label. */
function AlreadyThere({ correction: { photo } }: { correction: Correction }) {
  const { t } = useTranslation();
  const label = useLabel(photo?.labelId);
  if (!photo) return undefined;
  return (
    <p className={classes.note}>
      {label
        ? t('corrections.words.already', { label: label.name })
        : t('corrections.words.alreadyUnlabeled')}
    </p>
  );
}

function Decision({ correction }: { correction: Correction }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  const { id, state, said, labelId, photo } = correction;
  const label = useLabel(labelId);
  const labelNow = useLabel(photo?.labelId);
  const take = (chosen?: number) =>
    void attempt(() => accept(studio, [{ id, ...(chosen ? { labelId: chosen } : {}) }]));

  if (state === 'accepted') {
    return (
      <PanelSection title={t('corrections.words.now')}>
        <div className={classes.words}>
          {labelNow
            ? t('corrections.words.nowLabeled', { label: labelNow.name })
            : t('corrections.words.nowUnlabeled')}
        </div>
      </PanelSection>
    );
  }
  if (state === 'dismissed') {
    return (
      <PanelSection>
        <div className={classes.buttons}>
          <Button
            variant="default"
            justify="space-between"
            rightSection={<KeyCaps text="shift+Backspace" />}
            onClick={() => void attempt(() => bringBack(studio, id))}
          >
            {t('corrections.actions.restore')}
          </Button>
        </div>
        <p className={classes.note}>
          {t('corrections.words.dismissed', { days: dismissedKeptDays })}
        </p>
      </PanelSection>
    );
  }
  return (
    <>
      <PanelSection>
        <div className={classes.buttons}>
          {label && (
            <Button
              justify="space-between"
              rightSection={<KeyCaps text="Enter" />}
              onClick={() => take()}
            >
              {t('corrections.words.accept', { label: label.name })}
            </Button>
          )}
          {!label && said !== undefined && <MakeLabelButton said={said} onMade={take} />}
          <Button
            variant="default"
            justify="space-between"
            rightSection={<KeyCaps text="Backspace" />}
            onClick={() => void attempt(() => dismiss(studio, id))}
          >
            {t('corrections.actions.dismiss')}
          </Button>
        </div>
      </PanelSection>
      <PanelSection title={t('corrections.words.instead')}>
        <LabelButtons labels={labels ?? []} current={labelId} onChoose={(one) => take(one.id)} />
      </PanelSection>
    </>
  );
}

function MakeLabelButton({ said, onMade }: { said: string; onMade(labelId: number): void }) {
  const { t } = useTranslation();
  const { edits } = useStudio();
  return (
    <Button onClick={() => void attempt(async () => onMade((await edits.createLabel(said)).id))}>
      {t('corrections.words.makeLabel')}
    </Button>
  );
}

function CorrectionFacts({ correction }: { correction: Correction }) {
  const { t } = useTranslation();
  const { device, at, model, width, height, bytes, fileName } = correction;
  const size = t('corrections.facts.size', { width, height });
  const modelName = model && (model.name ?? t('corrections.facts.otherModel'));
  return (
    <div className={classes.words}>
      <Facts
        facts={[
          { name: t('corrections.facts.device'), value: device.name, title: device.id },
          { name: t('corrections.facts.at'), value: formatAgo(at), title: formatDateTime(at) },
          ...(modelName === undefined
            ? []
            : [{ name: t('corrections.facts.model'), value: modelName, title: modelName }]),
          { name: t('corrections.facts.photo'), value: size, title: fileName },
          { name: t('corrections.facts.bytes'), value: formatBytes(bytes) },
        ]}
      />
    </div>
  );
}

const useLabel = (labelId: number | undefined) =>
  useStudioStore('dataset', ({ summary }) => summary?.labels.find(({ id }) => id === labelId));
