package studio.pocketlens.companion;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.AlertDialog;
import android.content.Context;
import android.content.pm.PackageManager;
import android.content.pm.PackageParser;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraManager;
import android.os.Looper;
import android.util.apk.ApkSignatureSchemeV3Verifier;
import android.view.Surface;
import android.view.View;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowAlertDialog;
import org.robolectric.shadows.ShadowCameraCharacteristics;
import org.robolectric.shadows.ShadowSystemClock;
import org.robolectric.shadows.ShadowToast;
import studio.pocketlens.companion.core.Photo;

/** The screen on Android 7 and 14, with the finished app's own resources and a studio's pushes. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {24, 34})
public class MainActivityTest {
  private static final Path VECTORS = new File(System.getProperty("vectors"), "folder").toPath();

  private final Context context = RuntimeEnvironment.getApplication();
  private final File folder = context.getExternalFilesDir("models");

  private static Screen screen(ActivityController<TestActivity> activity) {
    return activity.get().screen;
  }

  private static void push(File folder) throws IOException {
    try (Stream<Path> files = Files.walk(VECTORS)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path to = folder.toPath().resolve(VECTORS.relativize(file).toString());
        boolean isManifest = file.endsWith("manifest.json");
        if (Files.isDirectory(file)) Files.createDirectories(to);
        else if (!isManifest) Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.copy(VECTORS.resolve("manifest.json"), new File(folder, "manifest.json").toPath());
  }

  private JSONObject json(String name) throws Exception {
    return new JSONObject(
        new String(Files.readAllBytes(new File(folder, name).toPath()), StandardCharsets.UTF_8));
  }

  private void write(String name, String text) throws IOException {
    Files.write(new File(folder, name).toPath(), text.getBytes(StandardCharsets.UTF_8));
  }

  private String model(int index) throws Exception {
    JSONArray models = json("manifest.json").getJSONArray("models");
    return models.getJSONObject(index).getString("sha256");
  }

  private String running() throws Exception {
    return new File(folder, "status.json").isFile() ? json("status.json").optString("running") : "";
  }

  /** Lets both threads go on, a second of Android's clock at a time. */
  private static void await(String what, Callable<Boolean> holds) throws Exception {
    for (int turn = 0; turn < 500; turn++) {
      shadowOf(Looper.getMainLooper()).idle();
      if (holds.call()) return;
      ShadowSystemClock.advanceBy(Duration.ofSeconds(1));
      Thread.sleep(20);
    }
    throw new AssertionError("In vain waited for: " + what);
  }

  private ActivityController<TestActivity> start() {
    ActivityController<TestActivity> activity = Robolectric.buildActivity(TestActivity.class).setup();
    shadowOf(Looper.getMainLooper()).idle();
    return activity;
  }

  private void addCamera(String id, int facing) {
    CameraCharacteristics camera = ShadowCameraCharacteristics.newCameraCharacteristics();
    shadowOf(camera).set(CameraCharacteristics.LENS_FACING, facing);
    shadowOf((CameraManager) context.getSystemService(Context.CAMERA_SERVICE)).addCamera(id, camera);
  }

  private String text(int id) {
    return context.getString(id);
  }

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
    activity.recreate();
    await("the push's own model", () -> running().equals(model(0)));
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

  /** As the camera hands one on. */
  private static void show(ActivityController<TestActivity> activity) {
    Companion companion = activity.get().companion;
    int[] gray = new int[64 * 48];
    Arrays.fill(gray, 0xff808080);
    companion.worker().post(() -> companion.onFrame(new Photo(64, 48, gray)));
  }

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
  public void showsWhatTheModelSaysAndKeepsACorrection() throws Exception {
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the labels", () -> screen(activity).correct.isEnabled());
    show(activity);
    await("an answer", () -> screen(activity).bars.getContentDescription() != null);
    String answer = screen(activity).bars.getContentDescription().toString();
    assertTrue(answer, answer.matches("(red|green|blue|gray) 100 %\\."));
    assertTrue(screen(activity).facts.getText().toString().contains("float32"));

    screen(activity).correct.performClick();
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

  @Test
  public void collectsWithoutAskingTheModel() throws Exception {
    push(folder);
    ActivityController<TestActivity> activity = start();
    await("the labels", () -> screen(activity).collect.isEnabled());
    screen(activity).collect.performClick();
    shadowOf((AlertDialog) ShadowAlertDialog.getLatestDialog()).clickOnItem(0);
    show(activity);
    screen(activity).collect.performClick();
    await("the photo", this::isKept);
    JSONObject feedback = onlyFeedback();
    assertEquals("red", feedback.getString("label"));
    assertFalse(feedback.has("model") || feedback.has("answered") || feedback.has("probability"));
    screen(activity).end.performClick();
    assertEquals(text(R.string.collect), screen(activity).collect.getText().toString());
    activity.close();
  }

  @Test
  public void framesStandUprightHoweverThePhoneIsHeld() {
    int[] rear = {90, 0, 270, 180};
    int[] front = {270, 0, 90, 180};
    for (int rotation = Surface.ROTATION_0; rotation <= Surface.ROTATION_270; rotation++) {
      assertEquals(rear[rotation], CameraFeed.uprightDegrees(90, rotation, false));
      assertEquals(front[rotation], CameraFeed.uprightDegrees(270, rotation, true));
    }
  }

  @Test
  @Config(sdk = 34)
  public void androidsOwnParserAndVerifierTakeTheFinishedFile() throws Exception {
    String apk = System.getProperty("apk");
    PackageParser.Package parsed = new PackageParser().parsePackage(new File(apk), 0);
    assertEquals("studio.pocketlens.companion", parsed.packageName);
    assertEquals(34, parsed.applicationInfo.targetSdkVersion);
    // Android adds one of its own, which shows the app's details.
    boolean isExported = false;
    for (PackageParser.Activity activity : parsed.activities) {
      boolean isMain = activity.info.name.equals("studio.pocketlens.companion.MainActivity");
      isExported |= isMain && activity.info.exported;
    }
    assertTrue(isExported);
    assertTrue(parsed.requestedPermissions.contains(Manifest.permission.CAMERA));
    // Of the content's digests, which need memory that Java's own modules lock away, apksigner takes care.
    assertEquals(
        1, ApkSignatureSchemeV3Verifier.unsafeGetCertsWithoutVerification(apk).certs.length);
  }
}
