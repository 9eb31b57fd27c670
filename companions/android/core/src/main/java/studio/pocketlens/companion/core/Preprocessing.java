package studio.pocketlens.companion.core;

import java.util.Collections;
import java.util.List;

/** What to do to a photo before a model, and to the model's answer after it. */
public final class Preprocessing {
  /** Of a way that photos are cut and scaled: the part that decides a model input's pixels. */
  public static final class Recipe {
    public final int width;
    public final int height;
    /** Side of the centered square, as a share of the photo's short side. */
    public final double cropFraction;
    /** Red, green and blue, 0 to 255, under what is transparent. */
    public final int[] background = new int[3];

    Recipe(Fields fields) throws UnreadableMessage {
      if (fields.whole("version", 1) != 1) {
        throw UnreadableMessage.broken("its preprocessing is newer than this app");
      }
      width = fields.whole("width", 1);
      height = fields.whole("height", 1);
      fields.oneOf("channelOrder", "RGB");
      fields.oneOf("resize", "bicubic-antialiased");
      cropFraction = fields.positive("cropFraction", 1);
      double[] ground = fields.numbers("background", 3);
      for (int i = 0; i < 3; i++) {
        background[i] = (int) ground[i];
        if (background[i] != ground[i] || ground[i] < 0 || ground[i] > 255) {
          throw UnreadableMessage.broken("background is no color");
        }
      }
    }
  }

  /** How bytes become a model's input tensor. */
  public static final class Encoding {
    public final double[] mean;
    public final double[] std;
    public final TensorEncoding input;

    Encoding(Fields fields) throws UnreadableMessage {
      mean = fields.numbers("mean", 3);
      std = fields.numbers("std", 3);
      for (double deviation : std) {
        if (deviation <= 0) throw UnreadableMessage.broken("std is not above 0");
      }
      input = new TensorEncoding(fields.object("input"));
    }
  }

  public final Recipe recipe;
  public final Encoding encoding;
  public final TensorEncoding output;
  public final List<String> labels;

  Preprocessing(Fields fields) throws UnreadableMessage {
    recipe = new Recipe(fields);
    encoding = new Encoding(fields);
    output = new TensorEncoding(fields.object("output"));
    labels = Collections.unmodifiableList(fields.texts("labels"));
  }
}
