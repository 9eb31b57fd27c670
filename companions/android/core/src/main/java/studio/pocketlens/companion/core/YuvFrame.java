package studio.pocketlens.companion.core;

import java.nio.ByteBuffer;

/**
 * A camera's frame made into a photo: luma of full size and two chroma planes of half of it, in the full
 * range and by the matrix of JFIF (BT.601), as Android's cameras give YUV_420_888.
 */
public final class YuvFrame {
  /** Bytes of one plane, from the buffer's beginning, and their distances. */
  public static final class Plane {
    final ByteBuffer bytes;
    final int rowStride;
    final int pixelStride;

    public Plane(ByteBuffer bytes, int rowStride, int pixelStride) {
      this.bytes = bytes;
      this.rowStride = rowStride;
      this.pixelStride = pixelStride;
    }

    int at(int x, int y) {
      return bytes.get(y * rowStride + x * pixelStride) & 0xff;
    }
  }

  private YuvFrame() {}

  /** @param degrees clockwise, by which the frame is to be turned to stand upright: 0, 90, 180, 270. */
  public static Photo upright(int width, int height, Plane y, Plane u, Plane v, int degrees) {
    int[] argb = new int[width * height];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int luma = y.at(column, row);
        int blue = u.at(column / 2, row / 2) - 128;
        int red = v.at(column / 2, row / 2) - 128;
        argb[row * width + column] =
            0xff000000
                | clamp(luma + 1.402f * red) << 16
                | clamp(luma - 0.344136f * blue - 0.714136f * red) << 8
                | clamp(luma + 1.772f * blue);
      }
    }
    return new Photo(width, height, argb).upright(orientationOf(degrees));
  }

  private static int orientationOf(int degrees) {
    switch (Math.floorMod(degrees, 360)) {
      case 90:
        return 6;
      case 180:
        return 3;
      case 270:
        return 8;
      default:
        return 1;
    }
  }

  private static int clamp(float value) {
    return Math.max(0, Math.min(255, Math.round(value)));
  }
}
