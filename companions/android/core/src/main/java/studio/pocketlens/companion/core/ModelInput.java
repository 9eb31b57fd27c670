package studio.pocketlens.companion.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A photo made into what a model takes, by its contract. */
public final class ModelInput {
  /** Of Keys' cubic (1981): Catmull-Rom. */
  private static final double A = -0.5;

  private ModelInput() {}

  /**
   * Flattens an upright photo on the recipe's background, cuts its centered square and scales that to
   * the model's size (Catmull-Rom, widened when shrinking), byte for byte as the studio does with libvips where the
   * photo's short side is at most 512 pixels: larger ones the studio shrinks to that first.
   *
   * @return RGB bytes in rows from the top left, width * height * 3 of them.
   */
  public static byte[] pixels(Photo photo, Preprocessing.Recipe recipe) {
    int shortSide = Math.min(photo.width, photo.height);
    int side = Math.max(1, (int) Math.round(recipe.cropFraction * shortSide));
    int left = (photo.width - side) / 2;
    int top = (photo.height - side) / 2;
    float[] square = new float[side * side * 3];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int pixel = photo.argb[(top + y) * photo.width + left + x];
        int alpha = pixel >>> 24;
        int at = (y * side + x) * 3;
        for (int channel = 0; channel < 3; channel++) {
          int value = pixel >> (16 - 8 * channel) & 0xff;
          square[at + channel] =
              (alpha * value + (255 - alpha) * recipe.background[channel]) / 255;
        }
      }
    }
    Taps across = new Taps(side, recipe.width);
    Taps down = new Taps(side, recipe.height);
    // libvips shrinks the height first and enlarges the width first, with whole numbers in between. In another
    // order every seventh value is another one, and an int8 model may be some steps off.
    float[] scaled =
        side > recipe.height
            ? across.scaleWidth(bytes(down.scaleHeight(square, side * 3)), recipe.height)
            : down.scaleHeight(across.scaleWidth(square, side), recipe.width * 3);
    bytes(scaled);
    byte[] rgb = new byte[scaled.length];
    for (int i = 0; i < rgb.length; i++) rgb[i] = (byte) (int) scaled[i];
    return rgb;
  }

  /** What is beyond 0 and 255 becomes these, in place. */
  private static float[] bytes(float[] values) {
    for (int i = 0; i < values.length; i++) values[i] = Math.max(0, Math.min(255, values[i]));
    return values;
  }

  /** The weights with which a row of `from` values becomes one of `to`. */
  private static final class Taps {
    private final int[] first;
    private final float[][] weights;

    /** libvips has weights for so many places between two pixels, in whole numbers of so many to 1. */
    private static final int PHASES = 64;
    private static final int ONE = 4096;

    Taps(int from, int to) {
      first = new int[to];
      weights = new float[to][];
      double scale = (double) from / to;
      double widened = Math.max(1, scale);
      for (int target = 0; target < to; target++) {
        // Enlarging, libvips looks half a pixel of the target further left and up.
        double exact = scale < 1 ? target * scale : (target + 0.5) * scale;
        double center = Math.floor((exact - 0.5) * PHASES + 0.5) / PHASES + 0.5;
        int start = (int) Math.floor(center - 2 * widened);
        int end = (int) Math.ceil(center + 2 * widened);
        double[] raw = new double[end - start];
        double total = 0;
        for (int i = 0; i < raw.length; i++) {
          raw[i] = cubic((start + i + 0.5 - center) / widened);
          total += raw[i];
        }
        first[target] = Math.max(0, start);
        weights[target] = new float[Math.min(from, end) - first[target]];
        // Beyond its edges a picture goes on as it ends.
        for (int i = 0; i < raw.length; i++) {
          int at = Math.max(0, Math.min(from - 1, start + i)) - first[target];
          weights[target][at] += (float) (int) (raw[i] / total * ONE) / ONE;
        }
      }
    }

    /** @param row numbers in each row. */
    float[] scaleHeight(float[] values, int row) {
      float[] scaled = new float[first.length * row];
      for (int y = 0; y < first.length; y++) {
        for (int i = 0; i < row; i++) scaled[y * row + i] = Math.round(sum(y, values, i, row));
      }
      return scaled;
    }

    float[] scaleWidth(float[] values, int rows) {
      int from = values.length / rows;
      int to = first.length * 3;
      float[] scaled = new float[rows * to];
      for (int y = 0; y < rows; y++) {
        for (int i = 0; i < to; i++) {
          scaled[y * to + i] = Math.round(sum(i / 3, values, y * from + i % 3, 3));
        }
      }
      return scaled;
    }

    private float sum(int target, float[] values, int offset, int stride) {
      float sum = 0;
      int at = offset + first[target] * stride;
      for (float weight : weights[target]) {
        sum += weight * values[at];
        at += stride;
      }
      return sum;
    }

    private static double cubic(double distance) {
      double x = Math.abs(distance);
      if (x < 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
      if (x < 2) return (((x - 5) * x + 8) * x - 4) * A;
      return 0;
    }
  }

  /** @return a direct buffer in the machine's order, at its beginning: the input tensor. */
  public static ByteBuffer tensor(byte[] rgb, Preprocessing.Encoding encoding) {
    TensorEncoding input = encoding.input;
    ByteBuffer tensor =
        ByteBuffer.allocateDirect(rgb.length * input.bytesPerValue())
            .order(ByteOrder.nativeOrder());
    int low = input.type == TensorEncoding.Type.INT8 ? -128 : 0;
    for (int i = 0; i < rgb.length; i++) {
      int channel = i % 3;
      double centered = (rgb[i] & 0xff) - encoding.mean[channel];
      if (input.type == TensorEncoding.Type.FLOAT32) {
        tensor.putFloat((float) (centered * (1 / encoding.std[channel])));
      } else {
        double stored = roundHalfAway(centered / encoding.std[channel] / input.scale) + input.zeroPoint;
        tensor.put((byte) Math.max(low, Math.min(low + 255, stored)));
      }
    }
    tensor.rewind();
    return tensor;
  }

  /** As TFLite rounds: halves away from zero. */
  private static double roundHalfAway(double value) {
    return Math.signum(value) * Math.floor(Math.abs(value) + 0.5);
  }

  /** What an output tensor says, as probabilities between 0 and 1. */
  static float[] probabilities(ByteBuffer output, TensorEncoding encoding, int labels) {
    float[] probabilities = new float[labels];
    output.rewind();
    for (int i = 0; i < labels; i++) {
      double value;
      if (encoding.type == TensorEncoding.Type.FLOAT32) {
        value = output.getFloat();
      } else {
        int stored = output.get();
        if (encoding.type == TensorEncoding.Type.UINT8) stored &= 0xff;
        value = encoding.scale * (stored - encoding.zeroPoint);
      }
      // float32 sums end a hair above 1.
      probabilities[i] = (float) Math.max(0, Math.min(1, value));
    }
    return probabilities;
  }
}
