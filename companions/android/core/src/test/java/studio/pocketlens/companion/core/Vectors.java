package studio.pocketlens.companion.core;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.json.JSONArray;
import org.json.JSONObject;

/** The files of companions/vectors. */
public final class Vectors {
  static final File FOLDER = new File(System.getProperty("vectors", "../../vectors"));
  static final File PUSHED = new File(FOLDER, "folder");

  private Vectors() {}

  static JSONObject json(String name) throws IOException {
    return new JSONObject(Files.text(new File(FOLDER, name)));
  }

  static double[] doubles(JSONArray array) {
    double[] values = new double[array.length()];
    for (int i = 0; i < values.length; i++) values[i] = array.getDouble(i);
    return values;
  }

  /** What a phone's decoder does, by Java's own. */
  public static Photo decode(byte[] file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    if (image == null) throw new IOException("This is no photo.");
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = new int[width * height];
    if (image.getRaster().getNumBands() > 2) {
      image.getRGB(0, 0, width, height, argb, 0, width);
    } else {
      // Java takes gray for linear light and would brighten it.
      int[] gray = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
      for (int i = 0; i < gray.length; i++) argb[i] = 0xff000000 | gray[i] * 0x010101;
    }
    return new Photo(width, height, argb);
  }

  static Photo upright(File file) throws IOException {
    byte[] bytes = Files.bytes(file);
    return decode(bytes).upright(ExifOrientation.of(bytes));
  }
}
