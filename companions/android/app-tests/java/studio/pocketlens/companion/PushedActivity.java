package studio.pocketlens.companion;

import static org.robolectric.Shadows.shadowOf;

import android.content.Context;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraManager;
import android.os.Looper;
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
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.shadows.ShadowCameraCharacteristics;
import org.robolectric.shadows.ShadowSystemClock;
import studio.pocketlens.companion.core.Photo;

/** The app's activity with the finished app's own resources and a studio's pushes. */
abstract class PushedActivity {
  private static final Path VECTORS = new File(System.getProperty("vectors"), "folder").toPath();

  final Context context = RuntimeEnvironment.getApplication();
  final File folder = context.getExternalFilesDir("models");

  static Screen screen(ActivityController<TestActivity> activity) {
    return activity.get().screen;
  }

  static void push(File folder) throws IOException {
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

  JSONObject json(String name) throws Exception {
    return new JSONObject(
        new String(Files.readAllBytes(new File(folder, name).toPath()), StandardCharsets.UTF_8));
  }

  void write(String name, String text) throws IOException {
    Files.write(new File(folder, name).toPath(), text.getBytes(StandardCharsets.UTF_8));
  }

  String model(int index) throws Exception {
    JSONArray models = json("manifest.json").getJSONArray("models");
    return models.getJSONObject(index).getString("sha256");
  }

  String running() throws Exception {
    return new File(folder, "status.json").isFile() ? json("status.json").optString("running") : "";
  }

  /** Lets both threads go on, a second of Android's clock at a time. */
  static void await(String what, Callable<Boolean> holds) throws Exception {
    for (int turn = 0; turn < 500; turn++) {
      shadowOf(Looper.getMainLooper()).idle();
      if (holds.call()) return;
      ShadowSystemClock.advanceBy(Duration.ofSeconds(1));
      Thread.sleep(20);
    }
    throw new AssertionError("In vain waited for: " + what);
  }

  ActivityController<TestActivity> start() {
    ActivityController<TestActivity> activity = Robolectric.buildActivity(TestActivity.class).setup();
    shadowOf(Looper.getMainLooper()).idle();
    return activity;
  }

  void addCamera(String id, int facing) {
    CameraCharacteristics camera = ShadowCameraCharacteristics.newCameraCharacteristics();
    shadowOf(camera).set(CameraCharacteristics.LENS_FACING, facing);
    shadowOf((CameraManager) context.getSystemService(Context.CAMERA_SERVICE)).addCamera(id, camera);
  }

  String text(int id) {
    return context.getString(id);
  }

  /** As the camera hands one on. */
  static void show(ActivityController<TestActivity> activity, Photo frame) {
    Companion companion = activity.get().companion;
    companion.worker().post(() -> companion.onFrame(frame));
  }

  static Photo gray(int width, int height) {
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, 0xff808080);
    return new Photo(width, height, pixels);
  }
}
