package studio.pocketlens.companion;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.app.AlertDialog;
import java.io.File;
import java.nio.file.Files;
import java.util.Arrays;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowAlertDialog;
import org.robolectric.shadows.ShadowToast;
import studio.pocketlens.companion.core.Photo;

/** Pictures that are corrected and collected: nothing of it asks Android what is otherwise in an older one. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34)
public class PicturesTest extends PushedActivity {
  private JSONObject onlyFeedback() throws Exception {
    File[] messages = new File(folder, "feedback").listFiles((in, name) -> name.endsWith(".json"));
    assertEquals(1, messages.length);
    return json("feedback/" + messages[0].getName());
  }

  private boolean isKept() {
    File[] messages = new File(folder, "feedback").listFiles((in, name) -> name.endsWith(".json"));
    return messages != null && messages.length == 1;
  }

  @Test
  public void nothingIsCollectedBeforeTheFirstPicture() throws Exception {
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the labels", () -> screen(activity).collect.isEnabled());
    screen(activity).collect.performClick();
    shadowOf((AlertDialog) ShadowAlertDialog.getLatestDialog()).clickOnItem(2);
    assertEquals("Shoot: blue", screen(activity).collect.getText().toString());
    activity.recreate();
    assertEquals("Shoot: blue", screen(activity).collect.getText().toString());
    screen(activity).collect.performClick();
    await("the words", () -> {
      String said = ShadowToast.getTextOfLatestToast();
      return said != null && said.contains("no picture yet");
    });
    assertFalse(new File(folder, "feedback").exists());
    activity.close();
  }

  @Test
  public void showsWhatTheModelSaysAndKeepsACorrection() throws Exception {
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the labels", () -> screen(activity).correct.isEnabled());
    show(activity, gray(64, 48));
    await("an answer", () -> screen(activity).bars.getContentDescription() != null);
    String answer = screen(activity).bars.getContentDescription().toString();
    assertTrue(answer, answer.matches("(red|green|blue|gray) 100 %\\."));
    assertTrue(screen(activity).facts.getText().toString().contains("float32"));

    screen(activity).correct.performClick();
    await("the question", () -> ShadowAlertDialog.getLatestDialog() != null);
    shadowOf((AlertDialog) ShadowAlertDialog.getLatestDialog()).clickOnItem(1);
    await("the correction", this::isKept);
    JSONObject feedback = onlyFeedback();
    assertEquals("green", feedback.getString("label"));
    assertEquals(answer.split(" ")[0], feedback.getString("answered"));
    assertEquals(1, feedback.getDouble("probability"), 0);
    assertEquals(model(0), feedback.getString("model"));
    assertTrue(new File(folder, feedback.getJSONObject("photo").getString("file")).isFile());
    activity.close();
  }

  /** As the file that is handed over. */
  private boolean isKeptAs(Photo photo) throws Exception {
    String file = onlyFeedback().getJSONObject("photo").getString("file");
    byte[] kept = Files.readAllBytes(new File(folder, file).toPath());
    return Arrays.equals(kept, Bitmaps.jpeg(photo));
  }

  @Test
  public void theCorrectedPictureIsTheOneThatWasTappedThoughTheCameraGoesOn() throws Exception {
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the labels", () -> screen(activity).correct.isEnabled());
    show(activity, gray(64, 48));
    await("an answer", () -> screen(activity).bars.getContentDescription() != null);
    screen(activity).bars.performClick();
    await("the question", () -> ShadowAlertDialog.getLatestDialog() != null);
    // Whoever looks for the label in the list points the phone elsewhere.
    show(activity, gray(48, 64));
    shadowOf((AlertDialog) ShadowAlertDialog.getLatestDialog()).clickOnItem(1);
    await("the correction", this::isKept);
    assertTrue(isKeptAs(gray(64, 48)));
    assertFalse(isKeptAs(gray(48, 64)));
    activity.close();
  }

  @Test
  public void collectsWithoutAskingTheModel() throws Exception {
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the labels", () -> screen(activity).collect.isEnabled());
    screen(activity).collect.performClick();
    shadowOf((AlertDialog) ShadowAlertDialog.getLatestDialog()).clickOnItem(0);
    show(activity, gray(64, 48));
    screen(activity).collect.performClick();
    await("the photo", this::isKept);
    JSONObject feedback = onlyFeedback();
    assertEquals("red", feedback.getString("label"));
    assertFalse(feedback.has("model") || feedback.has("answered") || feedback.has("probability"));
    screen(activity).end.performClick();
    assertEquals(text(R.string.collect), screen(activity).collect.getText().toString());
    activity.close();
  }
}
