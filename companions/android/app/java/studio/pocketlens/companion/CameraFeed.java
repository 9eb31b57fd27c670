package studio.pocketlens.companion;

import android.annotation.SuppressLint;
import android.content.Context;
import android.graphics.ImageFormat;
import android.graphics.Matrix;
import android.graphics.RectF;
import android.graphics.SurfaceTexture;
import android.hardware.camera2.CameraAccessException;
import android.hardware.camera2.CameraCaptureSession;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraDevice;
import android.hardware.camera2.CameraManager;
import android.hardware.camera2.CaptureRequest;
import android.hardware.camera2.params.StreamConfigurationMap;
import android.media.Image;
import android.media.ImageReader;
import android.os.Handler;
import android.util.Size;
import android.view.Surface;
import android.view.TextureView;
import java.util.Arrays;
import studio.pocketlens.companion.core.Photo;
import studio.pocketlens.companion.core.YuvFrame;

/** The live camera: shown in a view, its frames handed on upright. All calls on the main thread. */
final class CameraFeed {
  /** Asked for on the thread of `frames`; a frame is read only while the one before it is done. */
  interface Frames {
    void onFrame(Photo upright);
  }

  /** Told on the main thread. */
  interface Listener {
    /** Of the picture as it stands in the view. */
    void onPicture(int width, int height);

    void onCameraProblem();
  }

  /** Enough for every model, and quick to convert. */
  private static final int LONG_SIDE = 640;

  private final CameraManager manager;
  private final TextureView view;
  private final Handler main;
  private final Handler worker;
  private final Frames frames;
  private final Listener listener;
  private CameraDevice device;
  private CameraCaptureSession session;
  private ImageReader reader;
  private Surface shown;
  private boolean wanted;

  CameraFeed(
      Context context, TextureView view, Handler main, Handler worker, Frames frames, Listener listener) {
    manager = (CameraManager) context.getSystemService(Context.CAMERA_SERVICE);
    this.view = view;
    this.main = main;
    this.worker = worker;
    this.frames = frames;
    this.listener = listener;
  }

  /** @return the id of a camera that faces so, else of any one; null when there is none. */
  static String find(CameraManager manager, boolean front) throws CameraAccessException {
    String any = null;
    for (String id : manager.getCameraIdList()) {
      Integer facing = manager.getCameraCharacteristics(id).get(CameraCharacteristics.LENS_FACING);
      int asked = front ? CameraCharacteristics.LENS_FACING_FRONT : CameraCharacteristics.LENS_FACING_BACK;
      if (facing != null && facing == asked) return id;
      if (any == null) any = id;
    }
    return any;
  }

  /** Whether there is a camera on either side. */
  static boolean canFlip(CameraManager manager) throws CameraAccessException {
    boolean front = false;
    boolean back = false;
    for (String id : manager.getCameraIdList()) {
      Integer facing = manager.getCameraCharacteristics(id).get(CameraCharacteristics.LENS_FACING);
      if (facing == null) continue;
      front |= facing == CameraCharacteristics.LENS_FACING_FRONT;
      back |= facing == CameraCharacteristics.LENS_FACING_BACK;
    }
    return front && back;
  }

  /** Opens the camera; the view must be available. @param rotation of the display: Surface.ROTATION_*. */
  @SuppressLint("MissingPermission") // Asked for by the activity before.
  void start(String cameraId, int rotation) {
    stop();
    wanted = true;
    try {
      CameraCharacteristics camera = manager.getCameraCharacteristics(cameraId);
      Size size = chooseSize(camera);
      openReader(size, uprightDegrees(camera, rotation));
      fitView(size, camera, rotation);
      SurfaceTexture texture = view.getSurfaceTexture();
      texture.setDefaultBufferSize(size.getWidth(), size.getHeight());
      shown = new Surface(texture);
      manager.openCamera(cameraId, new Opening(), main);
    } catch (CameraAccessException | SecurityException | IllegalArgumentException refused) {
      fail();
    }
  }

  void stop() {
    wanted = false;
    if (session != null) session.close();
    if (device != null) device.close();
    if (reader != null) reader.close();
    if (shown != null) shown.release();
    session = null;
    device = null;
    reader = null;
    shown = null;
  }

  private void fail() {
    stop();
    listener.onCameraProblem();
  }

  private static Size chooseSize(CameraCharacteristics camera) {
    StreamConfigurationMap map = camera.get(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP);
    Size[] sizes = map == null ? null : map.getOutputSizes(ImageFormat.YUV_420_888);
    if (sizes == null || sizes.length == 0) throw new IllegalArgumentException("No frames");
    Size best = sizes[0];
    for (Size size : sizes) {
      if (Math.abs(size.getWidth() - LONG_SIDE) < Math.abs(best.getWidth() - LONG_SIDE)) best = size;
    }
    return best;
  }

  /** Clockwise, by which frames are to be turned so that they stand as the display does. */
  private static int uprightDegrees(CameraCharacteristics camera, int rotation) {
    Integer sensor = camera.get(CameraCharacteristics.SENSOR_ORIENTATION);
    Integer facing = camera.get(CameraCharacteristics.LENS_FACING);
    return uprightDegrees(
        sensor == null ? 0 : sensor,
        rotation,
        facing != null && facing == CameraCharacteristics.LENS_FACING_FRONT);
  }

  static int uprightDegrees(int sensor, int rotation, boolean front) {
    int display = 90 * rotation;
    return Math.floorMod(front ? sensor + display : sensor - display, 360);
  }

  private void openReader(Size size, int degrees) {
    reader = ImageReader.newInstance(size.getWidth(), size.getHeight(), ImageFormat.YUV_420_888, 2);
    reader.setOnImageAvailableListener(
        source -> {
          Photo photo;
          try (Image image = source.acquireLatestImage()) {
            if (image == null) return;
            Image.Plane[] planes = image.getPlanes();
            photo =
                YuvFrame.upright(
                    image.getWidth(),
                    image.getHeight(),
                    plane(planes[0]),
                    plane(planes[1]),
                    plane(planes[2]),
                    degrees);
          } catch (IllegalStateException closedMeanwhile) {
            return;
          }
          frames.onFrame(photo);
        },
        worker);
  }

  private static YuvFrame.Plane plane(Image.Plane plane) {
    return new YuvFrame.Plane(plane.getBuffer(), plane.getRowStride(), plane.getPixelStride());
  }

  /**
   * The buffer comes turned as the device's natural side wants it, and stretched to the view. All of the picture is
   * to be seen, as large as the view lets it be: the model's square is its middle.
   */
  private void fitView(Size size, CameraCharacteristics camera, int rotation) {
    Integer sensor = camera.get(CameraCharacteristics.SENSOR_ORIENTATION);
    boolean turned = sensor != null && sensor % 180 != 0;
    int naturalWidth = turned ? size.getHeight() : size.getWidth();
    int naturalHeight = turned ? size.getWidth() : size.getHeight();
    boolean sideways = rotation == Surface.ROTATION_90 || rotation == Surface.ROTATION_270;
    int width = sideways ? naturalHeight : naturalWidth;
    int height = sideways ? naturalWidth : naturalHeight;
    RectF shownIn = new RectF(0, 0, view.getWidth(), view.getHeight());
    RectF buffer = new RectF(0, 0, naturalWidth, naturalHeight);
    buffer.offset(shownIn.centerX() - buffer.centerX(), shownIn.centerY() - buffer.centerY());
    float scale = CropFrame.scale(view.getWidth(), view.getHeight(), width, height);
    Matrix matrix = new Matrix();
    matrix.setRectToRect(shownIn, buffer, Matrix.ScaleToFit.FILL);
    matrix.postScale(scale, scale, shownIn.centerX(), shownIn.centerY());
    matrix.postRotate(-90 * rotation, shownIn.centerX(), shownIn.centerY());
    view.setTransform(matrix);
    listener.onPicture(width, height);
  }

  private final class Opening extends CameraDevice.StateCallback {
    @Override
    public void onOpened(CameraDevice opened) {
      if (!wanted) {
        opened.close();
        return;
      }
      device = opened;
      try {
        createSession(opened);
      } catch (CameraAccessException | IllegalStateException refused) {
        fail();
      }
    }

    @Override
    public void onDisconnected(CameraDevice gone) {
      gone.close();
      if (gone == device) fail();
    }

    @Override
    public void onError(CameraDevice broken, int error) {
      broken.close();
      if (wanted) fail();
    }
  }

  // Its successor needs API 28.
  @SuppressWarnings("deprecation")
  private void createSession(CameraDevice opened) throws CameraAccessException {
    CaptureRequest.Builder request = opened.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW);
    request.addTarget(shown);
    request.addTarget(reader.getSurface());
    request.set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE);
    opened.createCaptureSession(
        Arrays.asList(shown, reader.getSurface()),
        new CameraCaptureSession.StateCallback() {
          @Override
          public void onConfigured(CameraCaptureSession configured) {
            if (opened != device) return;
            session = configured;
            try {
              configured.setRepeatingRequest(request.build(), null, main);
            } catch (CameraAccessException | IllegalStateException refused) {
              fail();
            }
          }

          @Override
          public void onConfigureFailed(CameraCaptureSession refused) {
            if (opened == device) fail();
          }
        },
        main);
  }
}
