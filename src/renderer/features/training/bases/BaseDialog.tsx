import { Button, Group, Modal } from '@mantine/core';
import type { Backbone } from '@shared/domain/backbone';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { Fact } from '../../../ui/Fact';
import { differenceText } from '../difference-text';
import { GraphChanges } from '../GraphChanges';
import classes from '../ModelRecord.module.css';

interface BaseDialogProps {
  base: Backbone;
  opened: NonNullable<Backbone['opened']>;
  isOpen: boolean;
  onClose(): void;
}

/** What became of the file, what holds the base to it, and the way to be rid of it. */
export function BaseDialog({ base, opened, isOpen, onClose }: BaseDialogProps) {
  const { t } = useTranslation();
  const { client } = useStudio();
  const { title, name, featureWidth, inputSize, mean, std, cropFraction, license } = base;
  const { fileName, sha256, proof, changes } = opened;
  /** "127.5" where all channels are alike. */
  const each = (values: readonly number[]) => [...new Set(values)].join(', ');

  async function remove() {
    onClose();
    await attempt(() => client.call('bases.remove', { name }));
  }

  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size="lg">
      <div className={classes.record}>
        <div className={classes.facts}>
          <Fact
            name={t('importModel.fact')}
            value={fileName}
            detail={t('importModel.factDetail', { sha256: sha256.slice(0, 12) })}
          />
          <Fact
            name={t('bases.features')}
            value={formatCount(featureWidth)}
            detail={t('bases.featuresDetail', {
              size: inputSize,
              mean: each(mean),
              std: each(std),
              crop: cropFraction,
            })}
          />
          <Fact
            name={t('bases.proof')}
            value={differenceText(proof.largestDifference)}
            detail={t(`bases.proofOn.${proof.of}`, { count: proof.pictures })}
          />
          <Fact
            name={t('bases.license')}
            value={license || t('bases.licenseUnknown')}
            detail={t(license ? 'bases.licenseDetail' : 'bases.licenseUnknownDetail')}
          />
        </div>
        <p className={classes.note}>{t('bases.note')}</p>
        <GraphChanges changes={changes} />
        <Group justify="space-between" wrap="nowrap">
          <span className={classes.note}>{t('bases.removeText')}</span>
          <Button color="red" variant="light" onClick={() => void remove()}>
            {t('bases.remove')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
