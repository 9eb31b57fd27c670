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
   * the model's size (Catmull-Rom, widened when shrinking).
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
        float alpha = (pixel >>> 24) / 255f;
        int at = (y * side + x) * 3;
        for (int channel = 0; channel < 3; channel++) {
          int value = pixel >> (16 - 8 * channel) & 0xff;
          square[at + channel] = alpha * value + (1 - alpha) * recipe.background[channel];
        }
      }
    }
    Taps across = new Taps(side, recipe.width);
    Taps down = new Taps(side, recipe.height);
    float[] narrow = new float[side * recipe.width * 3];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < recipe.width; x++) {
        for (int channel = 0; channel < 3; channel++) {
          narrow[(y * recipe.width + x) * 3 + channel] =
              across.sum(x, square, y * side * 3 + channel, 3);
        }
      }
    }
    byte[] rgb = new byte[recipe.width * recipe.height * 3];
    int row = recipe.width * 3;
    for (int y = 0; y < recipe.height; y++) {
      for (int i = 0; i < row; i++) {
        int value = Math.round(down.sum(y, narrow, i, row));
        rgb[y * row + i] = (byte) Math.max(0, Math.min(255, value));
      }
    }
    return rgb;
  }

  /** The weights with which a row of `from` values becomes one of `to`. */
  private static final class Taps {
    private final int[] first;
    private final float[][] weights;

    Taps(int from, int to) {
      first = new int[to];
      weights = new float[to][];
      double scale = (double) from / to;
      double widened = Math.max(1, scale);
      for (int target = 0; target < to; target++) {
        // Enlarging, the studio (libvips) looks half a pixel of the target further left and up.
        double center = scale < 1 ? target * scale : (target + 0.5) * scale;
        int start = Math.max(0, (int) Math.floor(center - 2 * widened));
        int end = Math.min(from, (int) Math.ceil(center + 2 * widened));
        double[] raw = new double[end - start];
        double total = 0;
        for (int i = 0; i < raw.length; i++) {
          raw[i] = cubic((start + i + 0.5 - center) / widened);
          total += raw[i];
        }
        first[target] = start;
        weights[target] = new float[raw.length];
        for (int i = 0; i < raw.length; i++) weights[target][i] = (float) (raw[i] / total);
      }
    }

    float sum(int target, float[] values, int offset, int stride) {
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
