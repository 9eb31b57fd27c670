import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';

/** Goes to a photo of the list by its number in it or by part of its name. */
export function JumpDialog() {
  const { t } = useTranslation();
  const isOpen = useStudioStore('view', (view) => view.jumpOpen);
  const set = useStudioStore('view', (view) => view.set);
  const close = () => set({ jumpOpen: false });
  return (
    <Modal opened={isOpen} onClose={close} title={t('library.jump.title')} size="sm">
      {isOpen && <JumpForm onDone={close} />}
    </Modal>
  );
}

function JumpForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const total = useStudioStore('photos', (state) => state.total ?? 0);
  const [text, setText] = useState('');
  const [isMissing, setIsMissing] = useState(false);

  /** A number is a place in the list first; a name may be a number, too. */
  async function placeOf(typed: string): Promise<number | undefined> {
    const place = /^\d{1,9}$/.test(typed) ? Number(typed) - 1 : -1;
    if (place >= 0 && place < total) return place;
    const { focus } = stores.selection.getState();
    return stores.photos.getState().placeOfName(typed, focus ? focus.index + 1 : 0);
  }

  async function go() {
    if (text.trim() === '') return;
    const place = await placeOf(text.trim());
    if (place === undefined) return setIsMissing(true);
    await stores.selection.getState().goTo(place);
    onDone();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(go);
      }}
    >
      <TextInput
        label={t('library.jump.label', { total: formatCount(total) })}
        maxLength={200}
        data-autofocus
        value={text}
        error={isMissing && t('library.jump.missing', { text: text.trim() })}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setIsMissing(false);
        }}
      />
      <Group justify="flex-end" mt="md">
        <Button type="submit" disabled={text.trim() === ''}>
          {t('library.jump.go')}
        </Button>
      </Group>
    </form>
  );
}
