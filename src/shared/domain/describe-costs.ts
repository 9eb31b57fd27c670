import type { Comparison } from './comparison';

export const notMeasured = 'not measured';

/** Threads of the latency with several; undefined where no model has one. */
export const threadsOf = ({ models }: Pick<Comparison, 'models'>): number | undefined =>
  models.find(({ threadedLatencyMs }) => threadedLatencyMs)?.threadedLatencyMs?.threads;

/** How latency and memory were measured, or why they were not: a sentence each. */
export function describeCosts({
  models,
  machine,
}: Pick<Comparison, 'models' | 'machine'>): string[] {
  const [first] = models;
  if (!first) return [];
  const { runs, warmupRuns, threads } = first.latencyMs;
  const with1 = threads === 1 ? 'one thread' : `${threads} threads`;
  const where = machine
    ? `${machine.cpu}, ${machine.cores} cores, ${machine.runtime}`
    : first.provenance.by;
  const sentences = [
    `Latency is one inference on this computer (${where}) without preprocessing: ${runs} runs after ${warmupRuns} to warm up, ${with1}, models taking turns. A phone has its own figures.`,
  ];
  const many = first.threadedLatencyMs;
  if (many) {
    sentences.push(`With ${many.threads} threads it was timed in the same rounds.`);
  } else if (machine?.oneThread === 'runtime') {
    sentences.push(`${machine.runtime} has one thread here: with several nothing was measured.`);
  } else if (machine?.oneThread === 'cores') {
    sentences.push('There was one core to run on: with several threads nothing was measured.');
  }
  const { memory } = first;
  if (memory?.of === 'process') {
    sentences.push(
      'Memory is by how much the resident memory of LiteRT’s process grew at its highest, the lesser of two starts: the file, its weights as LiteRT packs them, tensors, and some megabytes of LiteRT’s own code.',
    );
  } else if (memory) {
    sentences.push(
      'Memory is by how much higher a model makes WebAssembly’s memory reach: the file, its weights as LiteRT packs them, tensors.',
    );
  }
  return sentences;
}
