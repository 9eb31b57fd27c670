import { Button, TextInput, UnstyledButton } from '@mantine/core';
import type { PhotoId } from '@shared/domain/photo';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { useSuggestionSource } from '../../stores/use-suggestion-source';
import { attempt } from '../../ui/attempt';
import { GeneratedBadge } from '../../ui/GeneratedBadge';
import { KeyCaps } from '../../ui/KeyCaps';
import { LabelButtons } from '../../ui/LabelButtons';
import { PanelSection } from '../../ui/PanelSection';
import { SuggestionChip } from '../../ui/SuggestionChip';
import classes from './LabelingPlace.module.css';

/** The labels with their keys, and the ways on without one. */
export function LabelingPanel({ photoId }: { photoId: PhotoId }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  const generated = useStudioStore('project', (state) => state.project?.generated);
  const position = useStudioStore('labeling', (state) => state.position);
  const answered = useStudioStore('labeling', ({ answers }) => answers.get(photoId));
  const { value: photo } = useCall('dataset.photo', { photoId });
  const suggestion = useStudioStore('labeling', ({ suggestions }) => suggestions.get(photoId));
  const source = useSuggestionSource();
  const label = labels?.find(({ id }) => id === suggestion?.labelId);
  const { answer, goTo } = stores.labeling.getState();
  const known = photo?.id === photoId ? photo : undefined;
  return (
    <>
      <PanelSection title={t('labeling.panel.what')}>
        {suggestion && label && !answered && (
          <UnstyledButton
            className={classes.suggestion}
            onClick={() => void attempt(() => answer({ labelId: label.id, excluded: false }))}
          >
            <SuggestionChip label={label} probability={suggestion.probability} source={source} />
            <KeyCaps text="Enter" />
          </UnstyledButton>
        )}
        <LabelButtons
          labels={labels ?? []}
          current={answered ? answered.labelId : known?.labelId}
          onChoose={({ id }) => void attempt(() => answer({ labelId: id, excluded: false }))}
        />
        <NewLabelField />
      </PanelSection>
      <PanelSection>
        <div className={classes.buttons}>
          <Button
            variant="default"
            justify="space-between"
            disabled={position === 0}
            rightSection={<KeyCaps text="ArrowLeft" />}
            onClick={() => goTo(position - 1)}
          >
            {t('labeling.panel.back')}
          </Button>
          <Button
            variant="default"
            justify="space-between"
            rightSection={<KeyCaps text="ArrowRight" />}
            onClick={() => goTo(position + 1)}
          >
            {t('labeling.panel.skip')}
          </Button>
          <Button
            variant="default"
            justify="space-between"
            rightSection={<KeyCaps text="x" />}
            onClick={() => void attempt(() => answer({ excluded: true }))}
          >
            {t('labeling.panel.exclude')}
          </Button>
        </div>
      </PanelSection>
      <PanelSection>
        <p className={classes.fileName}>{known?.fileName}</p>
        {generated && (
          <div className={classes.fileName}>
            <GeneratedBadge />
          </div>
        )}
      </PanelSection>
    </>
  );
}

/** A label that is missing is made here, and given to the photo at once. */
function NewLabelField() {
  const { t } = useTranslation();
  const { edits, stores } = useStudio();
  const [name, setName] = useState('');

  async function create() {
    if (name.trim() === '') return;
    await attempt(async () => {
      const label = await edits.createLabel(name);
      setName('');
      await stores.labeling.getState().answer({ labelId: label.id, excluded: false });
    });
  }

  return (
    <TextInput
      className={classes.newLabel}
      aria-label={t('labeling.panel.newLabel')}
      placeholder={t('labeling.panel.newLabel')}
      maxLength={80}
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.currentTarget.blur();
          void create();
        }
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
