/** Pixels in rows from the top left, three bytes (red, green, blue; sRGB) a pixel. */
export interface RgbImage {
  width: number;
  height: number;
  /** width * height * 3 bytes. */
  data: Uint8Array;
}
