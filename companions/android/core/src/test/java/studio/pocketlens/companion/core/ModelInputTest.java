package studio.pocketlens.companion.core;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Test;

public class ModelInputTest {
  private final JSONObject vectors;
  private final Preprocessing.Recipe recipe;

  public ModelInputTest() throws Exception {
    vectors = Vectors.json("preprocessing.json");
    recipe = new Preprocessing.Recipe(fields(vectors.getJSONObject("recipe")));
  }

  private static Fields fields(JSONObject object) throws Exception {
    JSONObject message = Protocol.message().put("it", object);
    return Fields.ofMessage(message.toString()).object("it");
  }

  @Test
  public void pixelsAreThoseOfTheStudio() throws Exception {
    JSONObject tolerance = vectors.getJSONObject("tolerance");
    JSONArray photos = vectors.getJSONArray("photos");
    assertTrue(photos.length() >= 7);
    for (int i = 0; i < photos.length(); i++) {
      JSONObject photo = photos.getJSONObject(i);
      Photo upright = Vectors.upright(new File(Vectors.FOLDER, photo.getString("file")));
      byte[] pixels = ModelInput.pixels(upright, recipe);
      byte[] expected =
          Files.bytes(new File(Vectors.FOLDER, photo.getJSONObject("pixels").getString("file")));
      assertEquals(expected.length, pixels.length);
      int largest = 0;
      double sum = 0;
      for (int at = 0; at < pixels.length; at++) {
        int off = Math.abs((pixels[at] & 0xff) - (expected[at] & 0xff));
        largest = Math.max(largest, off);
        sum += off;
      }
      String said = photo.getString("name") + ": " + largest + ", mean " + sum / pixels.length;
      // Where nothing is decoded with rounding, and the studio shrinks in one step, too.
      boolean same = Math.min(upright.width, upright.height) <= 512 && photo.getString("file").endsWith(".png");
      if (same) assertEquals(said, 0, largest);
      assertTrue(said, largest <= tolerance.getInt("largest"));
      assertTrue(said, sum / pixels.length <= tolerance.getDouble("mean"));
    }
  }

  @Test
  public void tensorsAreThoseOfTheStudioToTheBit() throws Exception {
    JSONArray photos = vectors.getJSONArray("photos");
    JSONArray encodings = vectors.getJSONArray("encodings");
    for (int i = 0; i < photos.length(); i++) {
      JSONObject photo = photos.getJSONObject(i);
      byte[] pixels =
          Files.bytes(new File(Vectors.FOLDER, photo.getJSONObject("pixels").getString("file")));
      for (int j = 0; j < encodings.length(); j++) {
        Preprocessing.Encoding encoding =
            new Preprocessing.Encoding(fields(encodings.getJSONObject(j)));
        ByteBuffer tensor = ModelInput.tensor(pixels, encoding);
        assertEquals(ByteOrder.LITTLE_ENDIAN, tensor.order());
        byte[] bytes = new byte[tensor.remaining()];
        tensor.get(bytes);
        assertEquals(
            photo.getString("name") + ", encoding " + j,
            photo.getJSONArray("tensors").getString(j),
            Files.sha256(bytes));
      }
    }
  }

  @Test
  public void turnsAndMirrorsByExif() {
    Photo photo = new Photo(2, 3, new int[] {1, 2, 3, 4, 5, 6});
    int[][] upright = {
      {1, 2, 3, 4, 5, 6},
      {2, 1, 4, 3, 6, 5},
      {6, 5, 4, 3, 2, 1},
      {5, 6, 3, 4, 1, 2},
      {1, 3, 5, 2, 4, 6},
      {5, 3, 1, 6, 4, 2},
      {6, 4, 2, 5, 3, 1},
      {2, 4, 6, 1, 3, 5},
    };
    for (int orientation = 1; orientation <= 8; orientation++) {
      Photo turned = photo.upright(orientation);
      assertArrayEquals("orientation " + orientation, upright[orientation - 1], turned.argb);
      assertEquals(orientation >= 5 ? 3 : 2, turned.width);
    }
    assertEquals(photo, photo.upright(9));
  }

  @Test
  public void damagedExifSaysNothing() throws Exception {
    JSONArray photos = vectors.getJSONArray("photos");
    for (int i = 0; i < photos.length(); i++) {
      if (!photos.getJSONObject(i).getString("name").equals("turned-right")) continue;
      byte[] file =
          Files.bytes(new File(Vectors.FOLDER, photos.getJSONObject(i).getString("file")));
      assertEquals(6, ExifOrientation.of(file));
      for (int length = 0; length < 200; length++) {
        int said = ExifOrientation.of(java.util.Arrays.copyOf(file, length));
        assertTrue(said == 1 || said == 6);
      }
    }
    assertEquals(1, ExifOrientation.of(new byte[] {(byte) 0xff, (byte) 0xd8}));
  }

  @Test
  public void readsIntegerOutputsByScaleAndZeroPoint() throws Exception {
    JSONObject int8 = new JSONObject().put("type", "int8").put("scale", 1 / 256.0).put("zeroPoint", -128);
    ByteBuffer stored = ByteBuffer.wrap(new byte[] {-128, 0, 127});
    float[] answer = ModelInput.probabilities(stored, new TensorEncoding(fields(int8)), 3);
    assertArrayEquals(new float[] {0, 0.5f, 255 / 256f}, answer, 0);
    JSONObject uint8 = new JSONObject().put("type", "uint8").put("scale", 1 / 255.0).put("zeroPoint", 0);
    assertEquals(1, ModelInput.probabilities(ByteBuffer.wrap(new byte[] {-1}), new TensorEncoding(fields(uint8)), 1)[0], 0);
  }
}
