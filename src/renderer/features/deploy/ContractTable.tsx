import { Button, Modal, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Preprocessing, TensorEncoding } from '@shared/domain/preprocessing';
import { IconCopy } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../i18n/format';
import { notifyDone } from '../../ui/notify';
import classes from './DeployPlace.module.css';

/** Everything an app must do to a photo, in the order it is done. */
export function ContractTable({ preprocessing }: { preprocessing: Preprocessing }) {
  const { t } = useTranslation();
  const {
    background,
    channelOrder,
    cropFraction,
    height,
    input,
    labels,
    mean,
    output,
    std,
    width,
  } = preprocessing;
  const rows = [
    ['orient', t('deploy.contract.orientValue')],
    ['background', t('deploy.contract.backgroundValue', { rgb: background.join(', ') })],
    ['crop', t('deploy.contract.cropValue', { share: formatPercent(cropFraction) })],
    ['resize', t('deploy.contract.resizeValue', { width, height })],
    ['pixels', t('deploy.contract.pixelsValue', { order: channelOrder, width, height })],
    [
      'normalize',
      t('deploy.contract.normalizeValue', { mean: mean.join(', '), std: std.join(', ') }),
    ],
    ['input', encodingText(input, t)],
    ['output', encodingText(output, t)],
    ['labels', labels.map((label, index) => `${index} ${label}`).join(' · ')],
  ] as const;

  const json = JSON.stringify(preprocessing, undefined, 2);
  const [isByHand, byHand] = useDisclosure(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(json);
    } catch {
      // A window without that permission: what is selected can still be copied by key.
      return byHand.open();
    }
    notifyDone(t('deploy.contract.copied'));
  }

  return (
    <section>
      <header className={classes.sectionHeader}>
        <h3 className={classes.sectionTitle}>{t('deploy.contract.title')}</h3>
        <Button variant="default" leftSection={<IconCopy size={14} />} onClick={() => void copy()}>
          {t('deploy.contract.copy')}
        </Button>
      </header>
      <p className={classes.hint}>{t('deploy.contract.hint')}</p>
      <table className={classes.table}>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{t(`deploy.contract.${name}`)}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Modal opened={isByHand} onClose={byHand.close} title={t('deploy.contract.byHand')} size="lg">
        <Textarea
          data-autofocus
          readOnly
          rows={18}
          aria-label={t('deploy.contract.copy')}
          value={json}
          onFocus={(event) => event.currentTarget.select()}
        />
      </Modal>
    </section>
  );
}

function encodingText(encoding: TensorEncoding, t: TFunction): string {
  if (encoding.type === 'float32') return t('deploy.contract.asIs');
  const { scale, type, zeroPoint } = encoding;
  return t('deploy.contract.encoded', { type, scale, zeroPoint });
}
