package studio.pocketlens.companion.core;

/** Pixels in rows from the top left, in sRGB: alpha, red, green and blue of 8 bits each. */
public final class Photo {
  public final int width;
  public final int height;
  /** Length width * height; not premultiplied. */
  public final int[] argb;

  public Photo(int width, int height, int[] argb) {
    if (width < 1 || height < 1 || argb.length != width * height) {
      throw new IllegalArgumentException(width + " x " + height + " pixels, got " + argb.length);
    }
    this.width = width;
    this.height = height;
    this.argb = argb;
  }

  /** @param orientation 1 to 8, of EXIF: how the pixels are to be turned or mirrored. */
  public Photo upright(int orientation) {
    if (orientation <= 1 || orientation > 8) return this;
    boolean swapped = orientation >= 5;
    int toWidth = swapped ? height : width;
    int toHeight = swapped ? width : height;
    int[] turned = new int[argb.length];
    for (int y = 0; y < toHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        int fromX = swapped ? y : x;
        int fromY = swapped ? x : y;
        if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) {
          fromX = width - 1 - fromX;
        }
        if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) {
          fromY = height - 1 - fromY;
        }
        turned[y * toWidth + x] = argb[fromY * width + fromX];
      }
    }
    return new Photo(toWidth, toHeight, turned);
  }
}
