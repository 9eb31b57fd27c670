import type { ExportedExample, ExportedModel } from '../exported-model';
import { oneLine } from './one-line';

/** Labels listed with their probability. */
const topLabels = 3;

/** One real photo with the numbers that go in and come out, as the studio's own LiteRT said them. */
export function workedExample(models: readonly ExportedModel[], example: ExportedExample): string {
  const [first] = example.traces;
  const origin =
    example.split === 'test'
      ? 'a test photo, which no model was trained on'
      : `a ${example.split} photo: the project has no test photo that can be read`;
  const pixels = first ? Array.from(first.pixels.subarray(0, 12)) : [];
  return `## Worked example

\`${example.fileName}\` is “${oneLine(example.originalName)}”, labeled ${oneLine(example.label)} (${origin}). If an app gives these numbers for it, its preprocessing is right.

After step 4 the first four pixels are, as R, G, B:

    ${inPixels(pixels)}

${models
  .map((exported, index) => answerOf(exported, example.traces[index]))
  .filter((text) => text !== '')
  .join('\n')}`;
}

function answerOf(
  { model, stem }: ExportedModel,
  trace: ExportedExample['traces'][number] | undefined,
): string {
  if (!trace) return '';
  const { labels, output } = model.preprocessing;
  const ranked = trace.probabilities
    .map((probability, index) => ({ probability, index }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, topLabels);
  const rows = ranked.map(({ probability, index }) => {
    const stored = output.type === 'float32' ? '' : ` ${trace.storedOutput[index] ?? ''} |`;
    return `| ${oneLine(labels[index] ?? '')} | ${index} |${stored} ${probability.toFixed(4)} |`;
  });
  const storedHead = output.type === 'float32' ? '' : ' Stored |';
  const storedRule = output.type === 'float32' ? '' : ' --- |';
  return `**${stem}.tflite** (${trace.runtime}). The input tensor starts with

    ${inPixels(trace.firstStored)}

and the answer is

| Label | Output |${storedHead} Probability |
| --- | --- |${storedRule} --- |
${rows.join('\n')}
`;
}

/** Numbers three by three: one pixel after the other. */
function inPixels(values: readonly number[]): string {
  const text = values.map((value) =>
    Number.isInteger(value) ? String(value) : Number(value.toPrecision(6)).toString(),
  );
  const pixels: string[] = [];
  for (let i = 0; i < text.length; i += 3) pixels.push(text.slice(i, i + 3).join(', '));
  return pixels.join('   ');
}
