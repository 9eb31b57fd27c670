import { Switch } from '@mantine/core';
import type { CompanionPage } from '@shared/domain/companion-page';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { CertificateFacts } from './CertificateFacts';
import classes from './CompanionPage.module.css';

/** Who reaches the page that is on: the network, too, and whether what it carries is encrypted. */
export function PageReach({ page }: { page: CompanionPage }) {
  const { t } = useTranslation();
  const { turnOn } = useStudio().stores.companionPage.getState();
  const isEncrypted = page.https !== undefined;
  return (
    <div className={classes.reach}>
      <Switch
        size="xs"
        classNames={{ description: classes.description }}
        checked={page.wifi}
        label={t('companionPage.wifi')}
        description={t('companionPage.wifiHint')}
        onChange={(event) => {
          const wifi = event.currentTarget.checked;
          void attempt(() => turnOn({ wifi, https: wifi && isEncrypted }));
        }}
      />
      {page.wifi && (
        <Switch
          size="xs"
          className={classes.below}
          classNames={{ description: classes.description }}
          checked={isEncrypted}
          label={t('companionPage.https')}
          description={t('companionPage.httpsHint')}
          onChange={(event) => {
            const https = event.currentTarget.checked;
            void attempt(() => turnOn({ wifi: true, https }));
          }}
        />
      )}
      {page.https && <CertificateFacts certificate={page.https.certificate} />}
    </div>
  );
}
