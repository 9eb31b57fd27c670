import { ActionIcon, Popover } from '@mantine/core';
import { IconWifi } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectForm } from './ConnectForm';
import { PairForm } from './PairForm';
import classes from './PhonesPanel.module.css';

/** Reaches a phone over Wi-Fi by its address, and pairs it before when it is new. */
export function WifiField() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [address, setAddress] = useState('');
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus width={380}>
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
      <Popover.Dropdown className={classes.wifi}>
        <ConnectForm address={address} onType={setAddress} onConnected={() => setOpen(false)} />
        <PairForm onPaired={setAddress} onConnected={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
