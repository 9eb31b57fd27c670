import { confusionDifference } from '@shared/domain/confusion';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { Matrix, type MatrixCell } from '../../ui/Matrix';
import report from './ComparisonReport.module.css';
import { shareOfRow } from './confusion';
import classes from './ConfusionSection.module.css';
import type { ModelPair } from './model-pair';
import { type Cell, photosInCell, photosMovedInCell } from './photo-changes';
import { sectionProps } from './report-sections';

/** Which labels are taken for which, by either model, and what that changed; cells open photos. */
export function ConfusionSection(pair: ModelPair) {
  const { t } = useTranslation();
  const { comparison, first, second, secondIndex, firstName, secondName, onOpen } = pair;
  const { answers, labels } = comparison;
  const difference = confusionDifference(first.confusion, second.confusion);

  const cellTexts = ({ truth, answer }: Cell) => ({
    truth: labels[truth] ?? '',
    answer: labels[answer] ?? '',
  });
  const axes = {
    names: labels,
    rowTitle: t('comparison.confusion.truth'),
    columnTitle: t('comparison.confusion.answer'),
  };

  function countCell(modelIndex: number, cell: Cell): MatrixCell {
    const { confusion } = modelIndex === 0 ? first : second;
    const count = confusion[cell.truth]?.[cell.answer] ?? 0;
    const isHit = cell.truth === cell.answer;
    return {
      text: count === 0 ? '·' : formatCount(count),
      label: t('comparison.confusion.cell', {
        ...cellTexts(cell),
        count,
        formatted: formatCount(count),
      }),
      tone: count === 0 ? 'none' : isHit ? 'hit' : 'bad',
      // One wrong photo among many must still be seen.
      strength: Math.max(isHit ? 0.15 : 0.7, shareOfRow(confusion, cell.truth, cell.answer)),
      isEmpty: count === 0,
    };
  }

  const largest = Math.max(1, ...difference.flat().map(Math.abs));
  function changeCell(cell: Cell): MatrixCell {
    const change = difference[cell.truth]?.[cell.answer] ?? 0;
    const isGood = cell.truth === cell.answer ? change > 0 : change < 0;
    const moved = photosMovedInCell(answers, cell, secondIndex).length;
    return {
      text: signed(change, moved),
      label: t('comparison.confusion.changeCell', {
        ...cellTexts(cell),
        change: signed(change, 1),
        count: moved,
      }),
      tone: change === 0 ? 'none' : isGood ? 'good' : 'bad',
      strength: Math.max(0.4, Math.abs(change) / largest),
      isEmpty: moved === 0,
    };
  }

  return (
    <section {...sectionProps('confusion')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('comparison.confusion.title')}</h3>
      </header>
      <p className={report.hint}>{t('comparison.confusion.hint')}</p>
      <div className={classes.matrices}>
        {(
          [
            [0, firstName],
            [secondIndex, secondName],
          ] as const
        ).map(([modelIndex, name]) => (
          <figure key={modelIndex} className={classes.figure}>
            <figcaption className={classes.caption}>{name}</figcaption>
            <Matrix
              {...axes}
              title={t('comparison.confusion.of', { name })}
              cellAt={(truth, answer) => countCell(modelIndex, { truth, answer })}
              onOpen={(truth, answer) =>
                onOpen({
                  title: countCell(modelIndex, { truth, answer }).label,
                  photos: photosInCell(answers, { truth, answer }, modelIndex, secondIndex),
                })
              }
            />
          </figure>
        ))}
        <figure className={classes.figure}>
          <figcaption className={classes.caption}>
            {t('comparison.confusion.difference', { first: firstName, second: secondName })}
          </figcaption>
          <Matrix
            {...axes}
            title={t('comparison.confusion.difference', {
              first: firstName,
              second: secondName,
            })}
            cellAt={(truth, answer) => changeCell({ truth, answer })}
            onOpen={(truth, answer) =>
              onOpen({
                title: changeCell({ truth, answer }).label,
                photos: photosMovedInCell(answers, { truth, answer }, secondIndex),
              })
            }
          />
        </figure>
      </div>
    </section>
  );
}

/** "+1", "−2"; a dot where nothing moved, ±0 where photos came and went. */
function signed(change: number, moved: number): string {
  if (change === 0) return moved === 0 ? '·' : '±0';
  return change > 0 ? `+${formatCount(change)}` : `−${formatCount(-change)}`;
}
