package studio.pocketlens.companion.core;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import org.junit.Test;

public class YuvFrameTest {
  private static YuvFrame.Plane plane(int rowStride, int pixelStride, int... bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
    for (int one : bytes) buffer.put((byte) one);
    return new YuvFrame.Plane(buffer, rowStride, pixelStride);
  }

  @Test
  public void colorsAreThoseOfJfif() {
    // Pure red, green, blue and gray in JFIF's luma and chroma.
    int[][] colors = {{76, 85, 255, 254, 0, 0}, {150, 44, 21, 0, 255, 1}, {29, 255, 107, 0, 0, 254}, {128, 128, 128, 128, 128, 128}};
    for (int[] color : colors) {
      Photo photo = YuvFrame.upright(1, 1, plane(1, 1, color[0]), plane(1, 1, color[1]), plane(1, 1, color[2]), 0);
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(color[3 + channel], photo.argb[0] >> (16 - 8 * channel) & 0xff, 1);
      }
    }
  }

  @Test
  public void followsStridesAndTurns() {
    // Two by two gray pixels; rows are padded, chroma is interleaved.
    YuvFrame.Plane luma = plane(3, 1, 10, 20, 99, 30, 40);
    YuvFrame.Plane chroma = plane(2, 2, 128, 99);
    int[][] turned = {{10, 20, 30, 40}, {30, 10, 40, 20}, {40, 30, 20, 10}, {20, 40, 10, 30}};
    for (int quarter = 0; quarter < 4; quarter++) {
      Photo photo = YuvFrame.upright(2, 2, luma, chroma, chroma, 90 * quarter);
      int[] blues = new int[4];
      for (int i = 0; i < 4; i++) blues[i] = photo.argb[i] & 0xff;
      assertArrayEquals(turned[quarter], blues);
    }
  }
}
