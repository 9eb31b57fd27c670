import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconWifi } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';

/** Reaches a phone over Wi-Fi by its address. */
export function WifiField() {
  const { t } = useTranslation();
  const { connect } = useStudio().stores.phones.getState();
  const [isOpen, setOpen] = useState(false);
  const [address, setAddress] = useState('');
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus width={300}>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size="md"
          aria-label={t('phones.wifi.label')}
          title={t('phones.wifi.label')}
          onClick={() => setOpen(!isOpen)}
        >
          <IconWifi size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(async () => {
              await connect(address);
              setOpen(false);
            });
          }}
        >
          <TextInput
            required
            label={t('phones.wifi.label')}
            description={t('phones.wifi.hint')}
            placeholder={t('phones.wifi.placeholder')}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Button type="submit" mt="sm">
            {t('phones.wifi.connect')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
