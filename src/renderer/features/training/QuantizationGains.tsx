import { Table } from '@mantine/core';
import { type QuantizationGains as Gains, gainsOf } from '@shared/domain/quantization-gains';
import type { Model } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import classes from './QuantizationGains.module.css';

/** What each correction gained when a model was quantized: without it, and with it. */
export function QuantizationGains({ model, gains }: { model: Model; gains: Gains }) {
  const { t } = useTranslation();
  const { all, without, photos, floatCorrect } = gains;
  const verdicts = gainsOf(gains);
  return (
    <section className={classes.panel} aria-label={t('training.gains.title')}>
      <h3 className={classes.title}>{t('training.gains.title')}</h3>
      <Table className={classes.table} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('training.gains.correction')}</Table.Th>
            <Table.Th ta="right">{t('training.gains.signal')}</Table.Th>
            <Table.Th ta="right">{t('training.gains.agreeing')}</Table.Th>
            <Table.Th ta="right">{t('training.gains.correct')}</Table.Th>
            <Table.Th>{t('training.gains.verdict')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {without.map(({ correction, signalToNoise, agreeing, correct }, at) => (
            <Table.Tr key={correction}>
              <Table.Td>{t(`training.gains.names.${correction}`)}</Table.Td>
              <Table.Td ta="right">
                {t('training.gains.decibels', {
                  without: signalToNoise.toFixed(1),
                  all: all.signalToNoise.toFixed(1),
                })}
              </Table.Td>
              <Table.Td ta="right">
                {t('training.gains.photos', {
                  without: formatCount(agreeing),
                  all: formatCount(all.agreeing),
                })}
              </Table.Td>
              <Table.Td ta="right">
                {t('training.gains.photos', {
                  without: formatCount(correct),
                  all: formatCount(all.correct),
                })}
              </Table.Td>
              <Table.Td>{t(`training.gains.verdicts.${verdicts[at]?.verdict ?? 'none'}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <p className={classes.provenance}>
        {t('training.gains.provenance', {
          photos: formatCount(photos),
          version: model.versionId,
          runtime: model.provenance.by,
          correct: formatCount(floatCorrect),
        })}
      </p>
    </section>
  );
}
