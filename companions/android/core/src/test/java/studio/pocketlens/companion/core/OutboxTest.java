package studio.pocketlens.companion.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.Date;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the app tells the studio by itself. */
public class OutboxTest {
  private static final Date AT = new Date(1767225600000L);
  private static final String MODEL = "1".repeat(64);
  private static final byte[] JPEG = {1, 2, 3};

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private File folder;
  private Outbox outbox;

  @Before
  public void open() throws IOException {
    folder = temporary.newFolder("models");
    outbox = new Outbox(folder, "0.1.0");
  }

  private JSONObject json(String name) throws IOException {
    return new JSONObject(Files.text(new File(folder, name)));
  }

  @Test
  public void statusSaysWhatRunsAndWhatIsWrong() throws IOException {
    outbox.writeStatus(MODEL, null, AT);
    JSONObject status = json("status.json");
    assertEquals("idle", status.getString("state"));
    assertEquals(MODEL, status.getString("running"));
    assertFalse(status.has("problem"));
    outbox.writeStatus(null, "Another hash.", AT);
    status = json("status.json");
    assertEquals("failed", status.getString("state"));
    assertEquals("Another hash.", status.getString("problem"));
    assertFalse(status.has("running"));
  }

  private static TopAnswers.Top surely(String label, float probability) {
    TopAnswers top = new TopAnswers(1);
    top.add(MODEL, new float[] {probability});
    return top.best(Collections.singletonList(label), 1, 0).get(0);
  }

  @Test
  public void aCorrectionLiesBesideItsPhotoAndSaysHowSureTheModelWas() throws IOException {
    JSONObject feedback = json(outbox.writeFeedback(JPEG, MODEL, surely("cup", 0.75f), "hat", AT));
    assertEquals("cup", feedback.getString("answered"));
    assertEquals(0.75, feedback.getDouble("probability"), 0);
    assertEquals("hat", feedback.getString("label"));
    assertEquals(MODEL, feedback.getString("model"));
    JSONObject photo = feedback.getJSONObject("photo");
    assertEquals(photo.getString("sha256"), Files.sha256(new File(folder, photo.getString("file"))));
    for (File file : new File(folder, "feedback").listFiles()) {
      assertFalse(file.getName().startsWith("."));
    }
  }

  @Test
  public void whatWasCollectedNamesNoModelAndNoAnswer() throws IOException {
    JSONObject feedback = json(outbox.writeFeedback(JPEG, null, null, "hat", new Date(0)));
    for (String field : new String[] {"model", "answered", "probability"}) {
      assertFalse(field, feedback.has(field));
    }
    assertEquals("hat", feedback.getString("label"));
  }
}
