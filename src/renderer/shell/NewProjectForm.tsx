import { Button, TextInput } from '@mantine/core';
import type { ChosenPlace } from '@shared/api/electron-bridge';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attempt } from '../ui/attempt';
import { useStudio, useStudioStore } from '../stores/use-studio';
import classes from './StartScreen.module.css';

/** A name is enough; where the host has folder dialogs, the place can be chosen too. */
export function NewProjectForm() {
  const { t } = useTranslation();
  const { host } = useStudio();
  const create = useStudioStore('project', (state) => state.create);
  const [name, setName] = useState('');
  const [place, setPlace] = useState<ChosenPlace>();
  const [isBusy, setIsBusy] = useState(false);
  const choosePlace = host.choosePlace?.bind(host);

  async function choose() {
    const chosen = await choosePlace?.('create-project');
    if (!chosen) return;
    setPlace(chosen);
    if (name.trim() === '') setName(chosen.name);
  }

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    setIsBusy(true);
    await attempt(() => create(name.trim(), place?.placeId));
    setIsBusy(false);
  }

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <TextInput
        label={t('shell.start.name')}
        placeholder={t('shell.start.namePlaceholder')}
        size="sm"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
        autoFocus
      />
      {place && <p className={classes.hint}>{t('shell.start.inFolder', { folder: place.name })}</p>}
      <div className={classes.formButtons}>
        <Button type="submit" size="sm" loading={isBusy} disabled={name.trim() === ''}>
          {t('common.create')}
        </Button>
        {choosePlace && (
          <Button variant="default" size="sm" onClick={() => void attempt(choose)}>
            {t('shell.start.chooseFolder')}
          </Button>
        )}
      </div>
    </form>
  );
}
