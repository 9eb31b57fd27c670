import { z } from 'zod';

/** Where a base comes from that was made elsewhere. */
export const baseSourceSchema = z.object({
  fileName: z.string(),
  /** Of the file as it was opened. */
  sha256: z.string().length(64),
  /** As the file says; empty where it says nothing. */
  license: z.string(),
});
export type BaseSource = z.infer<typeof baseSourceSchema>;

/** What may be done with the weights of such a base, as far as the studio can tell. */
export function baseLicense({
  fileName,
  license,
}: Pick<BaseSource, 'fileName' | 'license'>): string {
  return license === ''
    ? `Pretrained weights: from ${fileName}; their license is not known to Pocketlens Studio`
    : `Pretrained weights: from ${fileName}, which says: ${license}`;
}
