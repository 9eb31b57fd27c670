import type { PageCertificateFacts } from '@shared/domain/companion-page';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../../i18n/format';
import classes from './CompanionPage.module.css';
import { fingerprintLines } from './fingerprint-lines';

/** What the phone's warning is about, and by what a person knows that it is this computer's certificate. */
export function CertificateFacts({ certificate }: { certificate: PageCertificateFacts }) {
  const { t } = useTranslation();
  const { sha256, rootSha256, names, expiresAt } = certificate;
  const rows: [string, string][] = [
    [t('companionPage.certificate.sha256'), sha256],
    [t('companionPage.certificate.rootSha256'), rootSha256],
  ];
  return (
    <section
      aria-label={t('companionPage.certificate.title')}
      className={`${classes.certificate} ${classes.below}`}
    >
      <p className={classes.hint}>{t('companionPage.certificate.warning')}</p>
      <dl className={classes.fingerprints}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={classes.fingerprint}>{fingerprintLines(value)}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.hint}>
        {t('companionPage.certificate.for', {
          names: names.join(', '),
          date: formatDateTime(expiresAt),
        })}
      </p>
      <details className={classes.hint}>
        <summary>{t('companionPage.certificate.trust.title')}</summary>
        <p>{t('companionPage.certificate.trust.what')}</p>
        <p>{t('companionPage.certificate.trust.iphone')}</p>
        <p>{t('companionPage.certificate.trust.android')}</p>
        <p>{t('companionPage.certificate.trust.risk')}</p>
      </details>
    </section>
  );
}
