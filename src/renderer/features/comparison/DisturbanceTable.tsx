import type { DisturbedScore, Robustness } from '@shared/domain/robustness';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../i18n/format';
import { AccuracyCell } from './AccuracyCell';
import classes from './AccuracyTable.module.css';

interface DisturbanceTableProps {
  robustness: Robustness;
  names: readonly string[];
}

/** The charts in figures. */
export function DisturbanceTable({ robustness, names }: DisturbanceTableProps) {
  const { t } = useTranslation();
  const { photos, plain, effects } = robustness;
  const row = (key: string, name: string, scores: readonly DisturbedScore[]) => (
    <tr key={key}>
      <th scope="row">{name}</th>
      {scores.map(({ correct, interval, agreement }, model) => (
        // Models have no other name here than their place.
        <AccuracyCell
          key={model}
          accuracy={correct / photos}
          interval={interval}
          detail={
            model === 0 ? undefined : t('robustness.same', { share: formatPercent(agreement, 0) })
          }
        />
      ))}
    </tr>
  );
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('robustness.picture')}</th>
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {row('plain', t('robustness.plain'), plain)}
        {effects.flatMap(({ disturbance, levels }) =>
          levels.map(({ strength, models }) =>
            row(
              `${disturbance} ${strength}`,
              `${t(`robustness.kinds.${disturbance}`)}, ${t(`robustness.strengths.${disturbance}`, { strength })}`,
              models,
            ),
          ),
        )}
      </tbody>
    </table>
  );
}
