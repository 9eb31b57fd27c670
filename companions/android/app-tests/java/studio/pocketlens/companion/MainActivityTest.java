package studio.pocketlens.companion;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.AlertDialog;
import android.content.pm.PackageManager;
import android.hardware.camera2.CameraCharacteristics;
import android.view.View;
import java.io.File;
import org.json.JSONArray;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowAlertDialog;

/** The screen on Android 7 and 14: what it follows, refuses and says. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {24, 34})
public class MainActivityTest extends PushedActivity {
  @Test
  public void saysThatNoModelIsThereYet() {
    ActivityController<TestActivity> activity = start();
    assertEquals(text(R.string.no_model), screen(activity).notice());
    assertFalse(screen(activity).correct.isEnabled());
    activity.close();
  }

  @Test
  public void followsAPushAndAnswersTheStudio() throws Exception {
    ActivityController<TestActivity> activity = start();
    push(folder);
    await("the model", () -> running().equals(model(0)));
    await("the answers", () -> new File(folder, "results/vectors.json").isFile());
    JSONArray runs = json("results/vectors.json").getJSONArray("runs");
    assertEquals(2, runs.length());
    for (int i = 0; i < 2; i++) {
      JSONArray answers = runs.getJSONObject(i).getJSONArray("answers");
      assertEquals(7, answers.length());
      assertEquals(4, answers.getJSONObject(0).getJSONArray("probabilities").length());
    }
    await("its label", () -> text(R.string.no_camera).equals(screen(activity).notice()));
    activity.close();
  }

  @Test
  public void asksForTheCameraAndShowsIt() throws Exception {
    addCamera("0", CameraCharacteristics.LENS_FACING_BACK);
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the model", () -> text(R.string.no_permission).equals(screen(activity).notice()));
    assertEquals(View.VISIBLE, screen(activity).allow.getVisibility());
    screen(activity).allow.performClick();
    String[] asked = shadowOf(activity.get()).getLastRequestedPermission().requestedPermissions;
    assertEquals(Manifest.permission.CAMERA, asked[0]);
    shadowOf(RuntimeEnvironment.getApplication()).grantPermissions(Manifest.permission.CAMERA);
    activity.get().onRequestPermissionsResult(1, asked, new int[] {PackageManager.PERMISSION_GRANTED});
    assertNull(screen(activity).notice());
    activity.close();
  }

  @Test
  public void switchesModelsAndComesBackAfterARotation() throws Exception {
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the model", () -> running().equals(model(0)) && screen(activity).models.isEnabled());
    screen(activity).models.performClick();
    AlertDialog dialog = (AlertDialog) ShadowAlertDialog.getLatestDialog();
    shadowOf(dialog).clickOnItem(1);
    await("the other model", () -> running().equals(model(1)));
    assertTrue(new File(folder, "status.json").delete());
    activity.recreate();
    await("the same model", () -> running().equals(model(1)));
    activity.close();
  }

  @Test
  public void refusesAWrongHashAndKeepsTheLastGood() throws Exception {
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the model", () -> running().equals(model(0)));
    write(model(1) + ".tflite", "something else");
    write("manifest.json", json("manifest.json").put("active", model(1)).toString());
    await("the refusal", () -> json("status.json").getString("state").equals("failed"));
    assertEquals(model(0), running());
    assertTrue(json("status.json").getString("problem").contains("another hash"));
    await("the words", () -> screen(activity).status.getText().toString().contains("another hash"));
    activity.close();
  }

  @Test
  public void whatFailsIsNoRefusalOfAPush() throws Exception {
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the labels", () -> screen(activity).correct.isEnabled());
    activity.get().engine.broken = true;
    show(activity, gray(64, 48));
    await("the words", () -> screen(activity).status.getText().toString().equals("The engine is broken."));
    activity.get().engine.broken = false;
    show(activity, gray(64, 48));
    await("none", () -> !screen(activity).status.getText().toString().contains("broken"));
    activity.close();
  }

  @Test
  public void theLicensesOfAllThatIsInItCanBeRead() {
    ActivityController<TestActivity> activity = start();
    screen(activity).licenses.performClick();
    String text = shadowOf((AlertDialog) ShadowAlertDialog.getLatestDialog()).getMessage().toString();
    for (String part : new String[] {"Apache License", "XNNPACK", "LICENSE 2 (MIT)"}) {
      assertTrue(part, text.contains(part));
    }
    activity.close();
  }
}
