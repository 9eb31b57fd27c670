import { describeGraph } from '@main/engine/graph/describe-graph';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { graphText } from '@main/host/cli/graph-output';
import type { GraphSummary } from '@shared/domain/graph-summary';
import { describe, expect, it } from 'vitest';
import { smallClassifier } from '../../../../fixtures/small-classifier';

const small = (): GraphSummary => {
  const bytes = writeTflite(smallClassifier());
  return { ...describeGraph(bytes), bytes: bytes.length, sha256: '0'.repeat(64) };
};

const rowOf = (text: string, name: string): string =>
  text.split('\n').find((line) => line.trim().endsWith(name)) ?? '';

describe('a graph on the command line', () => {
  it('has a row an operator, with its share of the multiply-adds, and totals', () => {
    const text = graphText(small());
    expect(text).toContain('Input   image [1,8,8,3] float32');
    expect(rowOf(text, ' first')).toMatch(
      /1 {2}CONV_2D +\[1,8,8,8\] +float32 +896 B +0\.01 M +74\.9% +relu6 +first/,
    );
    expect(text).toContain('6 operators, 0.02 M multiply-adds, 1.4 kB of weights');
    expect(text).not.toContain('Zero point');
    expect(text).not.toContain('counted');
  });

  it('shows branches, and scales where something is quantized', () => {
    const summary = small();
    const [operator] = summary.operators;
    const [output] = operator?.outputs ?? [];
    if (!operator || !output) throw new Error('The classifier has operators');
    const quantization = {
      scales: 1,
      axis: 0,
      scale: { least: 0.0235294, most: 0.0235294 },
      zeroPoint: { least: -128, most: -128 },
    };
    const text = graphText({
      ...summary,
      operators: [{ ...operator, branches: [7], outputs: [{ ...output, quantization }] }],
    });
    expect(rowOf(text, ' first')).toMatch(/0\.02353 +-128 +#7 {2,}first/);
  });

  it('says what is in the way, and by which operators', () => {
    const summary = small();
    const { multiplyAdds: _, ...operator } = summary.operators[2] ?? {};
    const obstacle = 'the studio does not know MAGIC';
    const odd = { ...operator, obstacle } as GraphSummary['operators'][number];
    const text = graphText({
      ...summary,
      operators: [odd, { ...odd, number: 9 }],
      totals: { ...summary.totals, uncounted: 2 },
      obstacle: 'This model uses MAGIC.',
    });
    expect(text).toContain('Without 2 operators marked "?", which can’t be counted.');
    expect(text).toContain(`This model uses MAGIC.\n  #3 #9: ${obstacle}`);
  });
});
