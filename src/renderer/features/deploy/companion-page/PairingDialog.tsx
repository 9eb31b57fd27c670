import { Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { QrCode } from '../../../ui/QrCode';
import classes from './CompanionPage.module.css';
import { fingerprintLines } from './fingerprint-lines';

/** A code for one phone; gone as soon as a phone is paired by it. */
export function PairingDialog() {
  const { t } = useTranslation();
  const { hideCode } = useStudio().stores.companionPage.getState();
  const code = useStudioStore('companionPage', (state) => state.code);
  const secure = useStudioStore('companionPage', (state) => state.page?.https);
  const [chosen, setChosen] = useState<string>();
  const links = code?.wifiLinks ?? [];
  const link = links.find((one) => addressOf(one) === chosen) ?? links[0];
  return (
    <Modal
      opened={code !== undefined}
      onClose={hideCode}
      title={t('companionPage.code.title')}
      closeButtonProps={{ 'aria-label': t('companionPage.code.close') }}
    >
      {code && link !== undefined && (
        <>
          <p className={classes.text}>
            {t('companionPage.code.scan', { time: formatDateTime(code.expiresAt) })}
          </p>
          <QrCode text={link} label={t('companionPage.code.picture', { link: addressOf(link) })} />
          {links.length > 1 && (
            <Select
              className={classes.address}
              label={t('companionPage.code.address')}
              data={links.map(addressOf)}
              value={addressOf(link)}
              allowDeselect={false}
              onChange={(value) => setChosen(value ?? undefined)}
            />
          )}
          <p className={classes.text}>
            <a href={link}>{addressOf(link)}</a>
          </p>
          {secure ? (
            <>
              <p className={classes.hint}>{t('companionPage.code.encrypted')}</p>
              <p className={classes.fingerprint}>{fingerprintLines(secure.certificate.sha256)}</p>
            </>
          ) : (
            <p className={classes.hint}>{t('companionPage.code.plain')}</p>
          )}
        </>
      )}
      {code && link === undefined && (
        <>
          <p className={classes.text}>{t('companionPage.code.cable')}</p>
          <p className={classes.text}>
            <a href={code.cableLink} target="_blank" rel="noreferrer">
              {addressOf(code.cableLink)}
            </a>
          </p>
        </>
      )}
    </Modal>
  );
}

/** Without the secret in it. */
const addressOf = (link: string) => new URL(link).origin;
