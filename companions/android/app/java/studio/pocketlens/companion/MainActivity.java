package studio.pocketlens.companion;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.content.SharedPreferences;
import android.content.pm.PackageManager;
import android.graphics.SurfaceTexture;
import android.hardware.camera2.CameraAccessException;
import android.hardware.camera2.CameraManager;
import android.net.Uri;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.provider.Settings;
import android.view.TextureView;
import android.view.View;
import android.widget.Toast;
import java.io.File;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import studio.pocketlens.companion.core.Engine;
import studio.pocketlens.companion.core.TopAnswers;

/** The only screen: the live camera, what the model says to it, and what to do about it. */
public class MainActivity extends Activity
    implements Companion.Listener, TextureView.SurfaceTextureListener {
  private static final int ASK_CAMERA = 1;
  private static final String FRONT = "front";
  private static final String THRESHOLD = "threshold";
  private static final String ASKED = "asked";
  private static final String COLLECTING = "collecting";

  private SharedPreferences kept;
  Screen screen;
  Companion companion;
  private CameraFeed camera;
  private Companion.State state =
      new Companion.State(Collections.emptyList(), null, Collections.emptyList(), null, null);
  private String collecting;
  private String cameraProblem;

  /** Overridden where LiteRT's library cannot be loaded. */
  Engine createEngine() {
    return new LiteRtEngine();
  }

  @Override
  protected void onCreate(Bundle saved) {
    super.onCreate(saved);
    kept = getPreferences(MODE_PRIVATE);
    if (saved != null) collecting = saved.getString(COLLECTING);
    screen = new Screen(this, kept.getInt(THRESHOLD, 30));
    setContentView(screen.root);
    screen.flip.setOnClickListener(button -> flip());
    screen.models.setOnClickListener(button -> chooseModel());
    screen.correct.setOnClickListener(button -> chooseLabel(label -> companion.keep(label, true)));
    screen.collect.setOnClickListener(button -> collectOrShoot());
    screen.allow.setOnClickListener(button -> askForCamera());
    screen.end.setOnClickListener(button -> collect(null));
    screen.onThreshold(this::setThreshold);
    screen.preview.setSurfaceTextureListener(this);
  }

  @Override
  protected void onStart() {
    super.onStart();
    File folder = getExternalFilesDir("models");
    if (folder == null) {
      screen.showNotice(getString(R.string.no_folder), false);
      return;
    }
    Handler main = new Handler(Looper.getMainLooper());
    Device device = new Device(getApplicationContext());
    companion =
        new Companion(folder, getFilesDir(), version(), createEngine(), device::facts, main, this);
    companion.setThreshold(kept.getInt(THRESHOLD, 30) / 100f);
    companion.start();
    camera =
        new CameraFeed(
            this, screen.preview, main, companion.worker(), companion::onFrame, this::onCameraProblem);
    startCamera();
    show();
  }

  @Override
  protected void onStop() {
    if (camera != null) camera.stop();
    if (companion != null) companion.stop();
    camera = null;
    companion = null;
    super.onStop();
  }

  @Override
  protected void onSaveInstanceState(Bundle saved) {
    super.onSaveInstanceState(saved);
    saved.putString(COLLECTING, collecting);
  }

  private String version() {
    try {
      return getPackageManager().getPackageInfo(getPackageName(), 0).versionName;
    } catch (PackageManager.NameNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void setThreshold(int percent) {
    kept.edit().putInt(THRESHOLD, percent).apply();
    if (companion != null) companion.setThreshold(percent / 100f);
  }

  private void flip() {
    kept.edit().putBoolean(FRONT, !kept.getBoolean(FRONT, false)).apply();
    startCamera();
    show();
  }

  private boolean mayUseCamera() {
    return checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED;
  }

  /** Whoever said no twice is not asked by Android any more, but can say yes in its settings. */
  private void askForCamera() {
    boolean asked = kept.getBoolean(ASKED, false);
    if (asked && !shouldShowRequestPermissionRationale(Manifest.permission.CAMERA)) {
      Uri own = Uri.fromParts("package", getPackageName(), null);
      startActivity(new Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, own));
      return;
    }
    kept.edit().putBoolean(ASKED, true).apply();
    requestPermissions(new String[] {Manifest.permission.CAMERA}, ASK_CAMERA);
  }

  @Override
  public void onRequestPermissionsResult(int code, String[] permissions, int[] results) {
    startCamera();
    show();
  }

  private void startCamera() {
    cameraProblem = null;
    if (camera == null) return;
    try {
      CameraManager manager = (CameraManager) getSystemService(CAMERA_SERVICE);
      String id = CameraFeed.find(manager, kept.getBoolean(FRONT, false));
      if (id == null) cameraProblem = getString(R.string.no_camera);
      else if (mayUseCamera() && screen.preview.isAvailable()) camera.start(id, rotation());
    } catch (CameraAccessException | IllegalArgumentException refused) {
      cameraProblem = getString(R.string.camera_failed);
    }
  }

  // Its successor needs API 30.
  @SuppressWarnings("deprecation")
  private int rotation() {
    return getWindowManager().getDefaultDisplay().getRotation();
  }

  private void onCameraProblem() {
    cameraProblem = getString(R.string.camera_failed);
    show();
  }

  @Override
  public void onState(Companion.State next) {
    state = next;
    show();
  }

  @Override
  public void onAnswers(List<TopAnswers.Top> best, double medianMilliseconds) {
    screen.bars.show(best, getString(R.string.unsure));
    if (state.running == null) return;
    screen.facts.setText(
        getString(R.string.facts, state.running.name, state.running.precision, medianMilliseconds));
  }

  @Override
  public void onKept(String label, String problem) {
    String text =
        problem == null ? getString(R.string.saved, label) : getString(R.string.not_saved, problem);
    Toast.makeText(this, text, Toast.LENGTH_SHORT).show();
  }

  private void show() {
    if (state.running == null) screen.showNotice(getString(R.string.no_model), false);
    else if (cameraProblem != null) screen.showNotice(cameraProblem, false);
    else if (!mayUseCamera()) screen.showNotice(getString(R.string.no_permission), true);
    else screen.showLive();
    screen.flip.setText(kept.getBoolean(FRONT, false) ? R.string.rear : R.string.front);
    screen.correct.setEnabled(state.running != null);
    screen.collect.setEnabled(state.running != null);
    screen.models.setEnabled(state.models.size() > 1);
    screen.collect.setText(
        collecting == null ? getString(R.string.collect) : getString(R.string.shoot, collecting));
    screen.end.setVisibility(collecting == null ? View.GONE : View.VISIBLE);
    screen.status.setText(statusText());
  }

  private String statusText() {
    if (state.problem != null) return getString(R.string.refused, state.problem);
    if (state.golden == null) return "";
    return state.golden.same
        ? getString(R.string.golden_same)
        : getString(R.string.golden_different, state.golden.largestDifference);
  }

  private void chooseModel() {
    String[] names = new String[state.models.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = state.models.get(i).name + " · " + state.models.get(i).precision;
    }
    int checked = state.models.indexOf(state.running);
    new AlertDialog.Builder(this)
        .setTitle(R.string.models)
        .setSingleChoiceItems(
            names,
            checked,
            (dialog, index) -> {
              if (companion != null) companion.switchTo(state.models.get(index).sha256);
              dialog.dismiss();
            })
        .show();
  }

  private void chooseLabel(Consumer<String> chosen) {
    List<String> labels = state.labels;
    new AlertDialog.Builder(this)
        .setTitle(R.string.which_label)
        .setItems(
            labels.toArray(new String[0]),
            (dialog, index) -> {
              if (companion != null) chosen.accept(labels.get(index));
            })
        .show();
  }

  private void collectOrShoot() {
    if (collecting == null) chooseLabel(this::collect);
    else companion.keep(collecting, false);
  }

  private void collect(String label) {
    collecting = label;
    show();
  }

  @Override
  public void onSurfaceTextureAvailable(SurfaceTexture texture, int width, int height) {
    startCamera();
    show();
  }

  @Override
  public void onSurfaceTextureSizeChanged(SurfaceTexture texture, int width, int height) {
    startCamera();
  }

  @Override
  public boolean onSurfaceTextureDestroyed(SurfaceTexture texture) {
    if (camera != null) camera.stop();
    return true;
  }

  @Override
  public void onSurfaceTextureUpdated(SurfaceTexture texture) {}
}
