import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';

interface ConnectFormProps {
  address: string;
  onType(address: string): void;
  onConnected(): void;
}

/** The address of a phone that knows this computer. */
export function ConnectForm({ address, onType, onConnected }: ConnectFormProps) {
  const { t } = useTranslation();
  const { connect } = useStudio().stores.phones.getState();
  const [isBusy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    setBusy(true);
    if (await attempt(() => connect(address))) onConnected();
    setBusy(false);
  }

  return (
    <form
      aria-label={t('phones.wifi.label')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextInput
        required
        data-autofocus
        label={t('phones.wifi.label')}
        description={t('phones.wifi.hint')}
        placeholder={t('phones.wifi.placeholder')}
        value={address}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <Button type="submit" mt="sm" loading={isBusy}>
        {t('phones.wifi.connect')}
      </Button>
    </form>
  );
}
