import { resolve } from 'node:path';
import type { StudioClient } from '../../../../shared/api/contract';
import { baseLicense } from '../../../../shared/domain/base-source';
import type { StudioApp } from '../../../app/studio-app';
import type { Answer, CommandLine } from '../command-runner';
import { runJob } from '../follow-jobs';
import { count, formatBytes } from '../format';
import { proofText } from '../proof-text';
import { quoteArgument } from '../quote-argument';
import { showProgress } from '../show-progress';

interface OpenedFile {
  /** The project's folder, as it was given. */
  dir: string;
  file: string;
  options: { mean?: number; std?: number; crop?: number };
}

/** `import-model --as-base`. */
export async function openAsBase(
  { dir, file, options: { mean, std, crop } }: OpenedFile,
  line: CommandLine,
  app: StudioApp,
  client: StudioClient,
): Promise<Answer> {
  const sourceId = app.staging.stagePaths([resolve(file)]);
  const stated = { mean, std, cropFraction: crop };
  const job = await runJob(client, () => client.call('bases.open', { sourceId, stated }), {
    signal: line.signal,
    onProgress: showProgress(line.terminal),
  });
  const { backbones } = await client.call('training.backbones', {});
  const base = backbones.find(({ name }) => name === job.result?.['backbone']);
  if (!base?.opened) throw new Error('A base that was opened is always listed');
  const { opened, name, bytes, featureWidth, inputSize } = base;
  const pixels = `${inputSize} × ${inputSize} pixels`;
  return {
    json: base,
    text: [
      `Opened ${name}: ${count(featureWidth, 'feature')} of ${pixels}, ${formatBytes(bytes)}.`,
      ...opened.changes.map(({ description }) => `${description}.`),
      proofText(opened.proof, 'an answer that follows from its features'),
      `${baseLicense(opened)}.`,
      'What it was trained on is not known: a test may flatter what is trained on it.',
      `Next: pocketlens train ${quoteArgument(dir)} --backbone ${name}`,
    ].join('\n'),
  };
}
