import { Button } from '@mantine/core';
import { IconDeviceMobile, IconPower, IconQrcode } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './CompanionPage.module.css';
import { PageReach } from './PageReach';
import { PairedPhones } from './PairedPhones';
import { PairingDialog } from './PairingDialog';

/** The page that runs models in a phone's browser: on or off, who reaches it, who is paired. */
export function CompanionPageSection() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { load, turnOn, turnOff, showCode, openOnPhone } = stores.companionPage.getState();
  const page = useStudioStore('companionPage', (state) => state.page);
  const devices = useStudioStore('phones', (state) => state.devices);
  useEffect(() => void attempt(load), [load]);

  const onCable = (devices ?? []).filter(
    ({ platform, state }) => platform === 'android' && state === 'ready',
  );
  return (
    <section aria-label={t('companionPage.title')} className={classes.section}>
      <header className={classes.header}>
        <h3 className={classes.title}>{t('companionPage.title')}</h3>
        {page?.isOn && (
          <span className={classes.on} role="status">
            {page.https
              ? t('companionPage.onEncrypted', {
                  port: String(page.port),
                  https: String(page.https.port),
                })
              : t('companionPage.on', { port: String(page.port) })}
          </span>
        )}
      </header>
      <p className={classes.hint}>{t('companionPage.hint')}</p>
      <div className={classes.controls}>
        {page?.isOn ? (
          <>
            <Button leftSection={<IconQrcode size={14} />} onClick={() => void attempt(showCode)}>
              {t('companionPage.showCode')}
            </Button>
            <Button variant="default" onClick={() => void attempt(turnOff)}>
              {t('companionPage.turnOff')}
            </Button>
          </>
        ) : (
          <Button
            variant="default"
            leftSection={<IconPower size={14} />}
            onClick={() => void attempt(() => turnOn({ wifi: false, https: false }))}
          >
            {t('companionPage.turnOn')}
          </Button>
        )}
        {onCable.map(({ id, name }) => (
          <Button
            key={id}
            variant="default"
            leftSection={<IconDeviceMobile size={14} />}
            onClick={() => void attempt(() => openOnPhone(id))}
          >
            {t('companionPage.openOn', { name })}
          </Button>
        ))}
      </div>
      {page?.isOn && <PageReach page={page} />}
      {page && (page.isOn || page.phones.length > 0) && <PairedPhones phones={page.phones} />}
      <PairingDialog />
    </section>
  );
}
