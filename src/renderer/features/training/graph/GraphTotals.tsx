import type { GraphSummary, GraphTensor } from '@shared/domain/graph-summary';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount, formatMillions } from '../../../i18n/format';
import classes from './GraphTotals.module.css';
import { shapeText } from './tensor-text';

/** What goes in and out, and how much there is of all. */
export function GraphTotals({ summary }: { summary: GraphSummary }) {
  const { t } = useTranslation();
  const { operators, totals, bytes, precision, inputs, outputs, changes } = summary;
  const ends = (tensors: readonly GraphTensor[]) =>
    tensors.map(({ shape, type }) => `${shapeText(shape)} ${type}`).join(', ');
  const facts: [name: string, value: string][] = [
    [t('modelGraph.input'), ends(inputs)],
    [t('modelGraph.output'), ends(outputs)],
    [t('modelGraph.operators'), formatCount(operators.length)],
    [t('modelGraph.multiplyAdds'), formatMillions(totals.multiplyAdds)],
    [t('modelGraph.weights'), formatBytes(totals.weightBytes)],
    [t('modelGraph.file'), formatBytes(bytes)],
    ...(precision ? [[t('modelGraph.precision'), precision] as [string, string]] : []),
  ];
  return (
    <header className={classes.totals}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className={classes.name}>{name}</dt>
            <dd className={classes.value}>{value}</dd>
          </div>
        ))}
      </dl>
      {totals.uncounted > 0 && (
        <p className={classes.note}>{t('modelGraph.uncounted', { count: totals.uncounted })}</p>
      )}
      {changes.length > 0 && (
        <details className={classes.note}>
          <summary>{t('modelGraph.changes', { count: changes.length })}</summary>
          <ul className={classes.changes}>
            {changes.map(({ pass, description }) => (
              <li key={`${pass} ${description}`}>{description}</li>
            ))}
          </ul>
        </details>
      )}
    </header>
  );
}
