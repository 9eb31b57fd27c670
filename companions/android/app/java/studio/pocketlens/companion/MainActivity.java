package studio.pocketlens.companion;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.content.SharedPreferences;
import android.content.pm.PackageManager;
import android.graphics.Color;
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
import java.util.List;
import studio.pocketlens.companion.core.Engine;
import studio.pocketlens.companion.core.TopAnswers;

/** The only screen: the live camera, what the model says to it, and what to do about it. */
public class MainActivity extends Activity
    implements Companion.Listener, CameraFeed.Listener, TextureView.SurfaceTextureListener {
  private static final int ASK_CAMERA = 1;
  private static final String FRONT = "front";
  private static final String THRESHOLD = "threshold";
  private static final String ASKED = "asked";
  private static final String COLLECTING = "collecting";
  private static final int BAD = 0xffff8787;

  private SharedPreferences kept;
  Screen screen;
  Companion companion;
  private CameraFeed camera;
  private Companion.State state = Companion.State.UNKNOWN;
  private String collecting;
  private String cameraProblem;
  private boolean canFlip;

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
    screen.correct.setOnClickListener(button -> correct());
    // Whoever sees a wrong answer taps it.
    screen.bars.setOnClickListener(view -> correct());
    screen.collect.setOnClickListener(button -> collectOrShoot());
    screen.allow.setOnClickListener(button -> askForCamera());
    screen.end.setOnClickListener(button -> collect(null));
    screen.licenses.setOnClickListener(button -> Licenses.show(this));
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
            this, screen.preview, main, companion.worker(), companion::onFrame, this);
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
      canFlip = CameraFeed.canFlip(manager);
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

  @Override
  public void onPicture(int width, int height) {
    screen.crop.setPicture(width, height);
  }

  @Override
  public void onCameraProblem() {
    cameraProblem = getString(R.string.camera_failed);
    show();
  }

  @Override
  public void onState(Companion.State next) {
    state = next;
    // The labels of another push may be others.
    if (state.running != null && !state.labels.contains(collecting)) collecting = null;
    show();
  }

  @Override
  public void onAnswers(List<TopAnswers.Top> best, double median, double p95) {
    screen.bars.show(best, getString(R.string.unsure));
    if (state.running == null) return;
    screen.facts.setText(
        getString(R.string.facts, state.running.name, state.running.precision, median, p95));
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
    screen.crop.setFraction(state.cropFraction);
    screen.flip.setVisibility(canFlip ? View.VISIBLE : View.GONE);
    screen.flip.setText(kept.getBoolean(FRONT, false) ? R.string.rear : R.string.front);
    screen.correct.setEnabled(state.running != null);
    screen.collect.setEnabled(state.running != null);
    screen.models.setEnabled(state.models.size() > 1);
    screen.collect.setText(
        collecting == null ? getString(R.string.collect) : getString(R.string.shoot, collecting));
    screen.correct.setVisibility(collecting == null ? View.VISIBLE : View.GONE);
    screen.end.setVisibility(collecting == null ? View.GONE : View.VISIBLE);
    screen.status.setText(statusText());
    screen.status.setTextColor(isWell() ? Color.WHITE : BAD);
  }

  /** Whether the answers are of the newest push, and to be trusted. */
  private boolean isWell() {
    boolean differs = state.golden != null && !state.golden.same;
    return state.refusal == null && state.trouble == null && !differs;
  }

  private String statusText() {
    if (state.refusal != null) return getString(R.string.refused, state.refusal);
    if (state.trouble != null) return state.trouble;
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

  /** The picture is that of now: it goes on changing while somebody looks for the label. */
  private void correct() {
    if (companion == null || state.running == null || collecting != null) return;
    List<String> labels = state.labels;
    companion.freeze(
        moment -> {
          if (companion == null) return;
          LabelDialog.show(
              this,
              moment,
              labels,
              label -> {
                if (companion != null) companion.correct(moment, label);
              });
        });
  }

  private void collectOrShoot() {
    if (collecting == null) LabelDialog.show(this, state.labels, this::collect);
    else if (companion != null) companion.collect(collecting);
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
