import { z } from 'zod';
import { labelIdSchema } from './label';
import { splitSchema } from './split';
import { suggestionSchema } from './suggestion';

/** Row number of the photo in its project; the same bytes are one photo. */
export const photoIdSchema = z.int().positive();
export type PhotoId = z.infer<typeof photoIdSchema>;

export const photoFormats = ['jpeg', 'png', 'webp', 'avif', 'heic', 'tiff', 'gif'] as const;
export const photoFormatSchema = z.enum(photoFormats);
export type PhotoFormat = z.infer<typeof photoFormatSchema>;

/** Larger than any photo that can be opened; a file beyond it would only fill the memory. */
export const maximumFileBytes = 512 * 1024 * 1024;

/** The camera of photos that were taken in the studio: those of one burst are dealt together. */
export const studioCamera = 'Camera of this computer';

/** What one decode of a photo tells about it. */
export const photoFactsSchema = z.object({
  format: photoFormatSchema,
  /** Pixels after EXIF orientation. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** 64-bit perceptual hash (DCT of 32x32 luma), 16 lowercase hex digits. */
  perceptualHash: z.string().regex(/^[0-9a-f]{16}$/),
  /** Variance of the Laplacian of luma (0..255) at 512 pixels' short side; more is sharper. */
  sharpness: z.number().nonnegative(),
  /** Mean luma, 0..255. */
  brightness: z.number().min(0).max(255),
  /** Standard deviation of luma, 0..127.5; absent for photos from before it was measured. */
  contrast: z.number().min(0).max(128).optional(),
  /** Mean color of the top, bottom, left and right tenth, R G B each, 24 hex digits. */
  edgeColors: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .optional(),
  /** From EXIF, when present: local date and time, ISO 8601 without zone. */
  takenAt: z.string().optional(),
  camera: z.string().optional(),
});
export type PhotoFacts = z.infer<typeof photoFactsSchema>;

/** What the grid needs for one cell. */
export const photoSummarySchema = z.object({
  id: photoIdSchema,
  fileName: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  labelId: labelIdSchema.optional(),
  split: splitSchema.optional(),
  excluded: z.boolean(),
  /** The file that was imported is no longer there, or its bytes changed. */
  missing: z.boolean(),
  /** Labels that the same bytes were imported under; the user has to choose one. */
  conflict: z.array(z.string()).optional(),
  /** As in PhotoFacts. */
  takenAt: z.string().optional(),
  /** What the studio would call it; of photos without a label alone. */
  suggestion: suggestionSchema.optional(),
});
export type PhotoSummary = z.infer<typeof photoSummarySchema>;

export const photoDetailSchema = photoSummarySchema.extend({
  sha256: z.string().length(64),
  bytes: z.int().nonnegative(),
  facts: photoFactsSchema,
  /** Folder for people to read; never accepted back. Absent when stored in the project. */
  folder: z.string().optional(),
  stored: z.boolean(),
  importedAt: z.iso.datetime(),
});
export type PhotoDetail = z.infer<typeof photoDetailSchema>;
