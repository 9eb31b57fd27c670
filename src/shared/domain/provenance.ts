import { z } from 'zod';

/** Where a number comes from. Every figure on a screen or in a report carries one. */
export const provenanceSchema = z.object({
  kind: z.enum(['measured', 'estimated', 'imported']),
  /** What it was measured on: "42 test photos of version-3". */
  on: z.string(),
  /** By what: "LiteRT 2.5.3 WebAssembly, 1 thread". */
  by: z.string(),
  at: z.iso.datetime(),
});
export type Provenance = z.infer<typeof provenanceSchema>;
