import { availableParallelism, cpus } from 'node:os';

/** For provenance of what was measured here. */
export function thisMachine(): { cpu: string; cores: number } {
  // Some kernels tell no name of an ARM processor.
  const cpu = cpus()[0]?.model.trim() || `${process.arch} processor`;
  return { cpu, cores: availableParallelism() };
}
