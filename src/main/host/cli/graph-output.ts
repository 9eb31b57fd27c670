import type {
  GraphOperator,
  GraphSummary,
  GraphTensor,
} from '../../../shared/domain/graph-summary';
import { count, formatBytes, formatShare } from './format';
import { type Column, formatTable } from './table';

/** A graph for people: inputs and outputs, a row an operator, totals, what is in the way. */
export function graphText(summary: GraphSummary): string {
  const { inputs, outputs, operators, changes, obstacle } = summary;
  return [
    ...inputs.map((tensor) => `Input   ${tensorText(tensor)}`),
    ...outputs.map((tensor) => `Output  ${tensorText(tensor)}`),
    '',
    operatorsTable(summary),
    '',
    totalsText(summary),
    ...(changes.length === 0
      ? []
      : ['', 'On import:', ...changes.map(({ description }) => `  ${description}`)]),
    ...(obstacle === undefined ? [] : ['', obstacle, ...obstacles(operators)]),
  ].join('\n');
}

/** "image [1,224,224,3] uint8, scale 0.0078, zero point 127". */
function tensorText({ name, shape, type, quantization }: GraphTensor): string {
  const stored = quantization
    ? `, scale ${scaleText(quantization.scale.least)}, zero point ${quantization.zeroPoint.least}`
    : '';
  return `${name} ${shapeText(shape)} ${type}${stored}`;
}

const shapeText = (shape: readonly number[]): string => `[${shape.join(',')}]`;
const scaleText = (scale: number): string => String(Number(scale.toPrecision(4)));
const millions = (number: number): string => `${(number / 1e6).toFixed(2)} M`;

/** Columns on quantization only where something is quantized. */
function operatorsTable({ operators, totals }: GraphSummary): string {
  const quantized = operators.some(({ outputs }) => outputs.some((output) => output.quantization));
  const scales: Column[] = [
    { header: 'Scale', align: 'right' },
    { header: 'Zero point', align: 'right' },
    { header: 'Weight scales', align: 'right' },
  ];
  return formatTable(
    [
      { header: '#', align: 'right' },
      { header: 'Operator' },
      { header: 'Output' },
      { header: 'Type' },
      { header: 'Weights', align: 'right' },
      { header: 'Multiply-adds', align: 'right' },
      { header: 'Share', align: 'right' },
      { header: 'Activation' },
      ...(quantized ? scales : []),
      { header: 'Also from' },
      { header: 'Name' },
    ],
    operators.map((operator) => [
      String(operator.number),
      operator.kind,
      operator.outputs.map(({ shape }) => shapeText(shape)).join(' '),
      operator.outputs.map(({ type }) => type).join(' '),
      operator.weightBytes === 0 ? '' : formatBytes(operator.weightBytes),
      ...multiplyAddsCells(operator, totals.multiplyAdds),
      operator.activation ?? '',
      ...(quantized ? scaleCells(operator) : []),
      operator.branches.map((number) => `#${number}`).join(' '),
      operator.name,
    ]),
  );
}

function multiplyAddsCells({ multiplyAdds }: GraphOperator, total: number): [string, string] {
  if (multiplyAdds === undefined) return ['?', ''];
  return multiplyAdds === 0
    ? ['', '']
    : [millions(multiplyAdds), formatShare(multiplyAdds / total)];
}

function scaleCells({ inputs, outputs }: GraphOperator): [string, string, string] {
  const output = outputs[0]?.quantization;
  const weights = inputs.find(({ origin, quantization }) => origin === 'constant' && quantization);
  return [
    output ? scaleText(output.scale.least) : '',
    output ? String(output.zeroPoint.least) : '',
    weights?.quantization ? String(weights.quantization.scales) : '',
  ];
}

function totalsText({ bytes, precision, operators, totals }: GraphSummary): string {
  const { multiplyAdds, uncounted, weightBytes } = totals;
  const parts = [
    count(operators.length, 'operator'),
    `${millions(multiplyAdds)} multiply-adds`,
    `${formatBytes(weightBytes)} of weights in a file of ${formatBytes(bytes)}`,
    ...(precision === undefined ? [] : [precision]),
  ];
  const without = `Without ${count(uncounted, 'operator')} marked "?", which can’t be counted.`;
  return [`${parts.join(', ')}.`, ...(uncounted === 0 ? [] : [without])].join('\n');
}

/** One line a reason, with the operators it holds for. */
function obstacles(operators: readonly GraphOperator[]): string[] {
  const numbers = new Map<string, number[]>();
  for (const { number, obstacle } of operators) {
    if (obstacle !== undefined) numbers.set(obstacle, [...(numbers.get(obstacle) ?? []), number]);
  }
  return [...numbers].map(
    ([reason, those]) => `  ${those.map((number) => `#${number}`).join(' ')}: ${reason}`,
  );
}
