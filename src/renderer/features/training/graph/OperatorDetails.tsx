import { Alert, UnstyledButton } from '@mantine/core';
import type { GraphOperator, GraphSummary, GraphTensor } from '@shared/domain/graph-summary';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount, formatPercent } from '../../../i18n/format';
import { type Fact, Facts } from '../../../ui/Facts';
import classes from './OperatorDetails.module.css';
import { scaleText, shapeText } from './tensor-text';

interface OperatorDetailsProps {
  operator: GraphOperator;
  /** All of the graph. */
  operators: readonly GraphOperator[];
  totals: GraphSummary['totals'];
  onGoTo(number: number): void;
}

/** All that the file says about one operator, with ways to those before and after it. */
export function OperatorDetails({ operator, operators, totals, onGoTo }: OperatorDetailsProps) {
  const { t } = useTranslation();
  const { number, kind, name, inputs, outputs, multiplyAdds, weightBytes, activation, obstacle } =
    operator;
  const goesTo = operators.filter((other) => other.inputs.some(({ from }) => from === number));
  const facts: Fact[] = [
    {
      name: t('modelGraph.multiplyAdds'),
      value:
        multiplyAdds === undefined
          ? t('modelGraph.notCounted')
          : t('modelGraph.ofAll', {
              formatted: formatCount(multiplyAdds),
              share: formatPercent(multiplyAdds / Math.max(1, totals.multiplyAdds)),
            }),
    },
    {
      name: t('modelGraph.weights'),
      value: t('modelGraph.ofAll', {
        formatted: formatBytes(weightBytes),
        share: formatPercent(weightBytes / Math.max(1, totals.weightBytes)),
      }),
    },
    ...(activation === undefined ? [] : [{ name: t('modelGraph.activation'), value: activation }]),
  ];
  return (
    <aside className={classes.details} aria-label={t('modelGraph.details', { number })}>
      <h3 className={classes.title}>
        #{number} {kind}
      </h3>
      <p className={classes.name}>{name}</p>
      {obstacle !== undefined && <Alert color="orange">{obstacle}</Alert>}
      <Facts facts={facts} />
      <Tensors title={t('modelGraph.takes')} tensors={inputs} onGoTo={onGoTo} />
      <Tensors title={t('modelGraph.gives')} tensors={outputs} />
      {goesTo.length > 0 && (
        <p className={classes.ways}>
          {t('modelGraph.goesTo')}{' '}
          {goesTo.map((other) => (
            <Way key={other.number} number={other.number} onGoTo={onGoTo} />
          ))}
        </p>
      )}
    </aside>
  );
}

interface TensorsProps {
  title: string;
  tensors: readonly GraphTensor[];
  /** Absent: they come from the operator itself. */
  onGoTo?(number: number): void;
}

function Tensors({ title, tensors, onGoTo }: TensorsProps) {
  const { t } = useTranslation();
  return (
    <section>
      <h4 className={classes.subtitle}>{title}</h4>
      <ul className={classes.tensors}>
        {tensors.map((tensor, index) => (
          // A tensor may be taken twice.
          <li key={`${index} ${tensor.name}`}>
            <div className={classes.shape}>
              {shapeText(tensor.shape)} {tensor.type}
              {tensor.bytes !== undefined && `, ${formatBytes(tensor.bytes)}`}
            </div>
            <div className={classes.name}>{tensor.name}</div>
            {tensor.quantization && <Quantization quantization={tensor.quantization} />}
            {onGoTo && tensor.from !== undefined ? (
              <div className={classes.ways}>
                {t('modelGraph.from')} <Way number={tensor.from} onGoTo={onGoTo} />
              </div>
            ) : (
              onGoTo && (
                <div className={classes.ways}>{t(`modelGraph.origin.${tensor.origin}`)}</div>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type TensorQuantization = NonNullable<GraphTensor['quantization']>;

function Quantization({ quantization }: { quantization: TensorQuantization }) {
  const { t } = useTranslation();
  const { scales, axis, zeroPoint } = quantization;
  const zero =
    zeroPoint.least === zeroPoint.most
      ? String(zeroPoint.least)
      : `${zeroPoint.least} – ${zeroPoint.most}`;
  return (
    <div className={classes.ways}>
      {t('modelGraph.scale', { scale: scaleText(quantization), zero })}
      {scales > 1 && ` ${t('modelGraph.perChannel', { count: scales, axis })}`}
    </div>
  );
}

function Way({ number, onGoTo }: { number: number; onGoTo(number: number): void }) {
  return (
    <UnstyledButton className={classes.way} onClick={() => onGoTo(number)}>
      #{number}
    </UnstyledButton>
  );
}
