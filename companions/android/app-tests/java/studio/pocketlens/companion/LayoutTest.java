package studio.pocketlens.companion;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.graphics.Rect;
import android.graphics.RectF;
import android.hardware.camera2.CameraCharacteristics;
import android.view.Surface;
import android.view.View;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;

/** Where the picture is, however the phone is held, and what of it the model is shown. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {24, 34})
public class LayoutTest extends PushedActivity {
  /** Pixels of a view within the screen. */
  private static Rect place(View view) {
    int[] at = new int[2];
    view.getLocationInWindow(at);
    return new Rect(at[0], at[1], at[0] + view.getWidth(), at[1] + view.getHeight());
  }

  private void nothingLiesOverThePicture() {
    ActivityController<TestActivity> activity = start();
    Rect all = place(screen(activity).root);
    Rect stage = place(screen(activity).stage);
    assertFalse(Rect.intersects(stage, place(screen(activity).panel)));
    assertTrue(stage.toString(), stage.height() >= all.height() / 3);
    assertTrue(stage.toString(), stage.width() >= all.width() / 2);
    assertEquals(stage, place(screen(activity).preview));
    assertEquals(text(R.string.no_model), screen(activity).notice());
    assertTrue(screen(activity).root.getKeepScreenOn());
    activity.close();
  }

  @Test
  @Config(qualifiers = "w360dp-h740dp-port")
  public void heldUprightTheAnswersAreBelowThePicture() {
    nothingLiesOverThePicture();
  }

  @Test
  @Config(qualifiers = "w740dp-h360dp-land")
  public void heldSidewaysTheAnswersAreBesideThePicture() {
    nothingLiesOverThePicture();
  }

  @Test
  public void theModelsSquareIsAllInTheView() {
    // A picture of 480 by 640 in a view of 360 by 600: all of its width is shown, 360 by 480.
    assertEquals(0.75, CropFrame.scale(360, 600, 480, 640), 1e-6);
    assertEquals(new RectF(0, 120, 360, 480), CropFrame.square(360, 600, 480, 640, 1));
    assertEquals(new RectF(45, 165, 315, 435), CropFrame.square(360, 600, 480, 640, 0.75));
    assertEquals(new RectF(120, 0, 480, 360), CropFrame.square(600, 360, 640, 480, 1));
  }

  @Test
  public void onlyTwoSidesOfAPhoneCanBeFlipped() throws Exception {
    addCamera("0", CameraCharacteristics.LENS_FACING_BACK);
    ActivityController<TestActivity> one = start();
    assertEquals(View.GONE, screen(one).flip.getVisibility());
    one.close();
    addCamera("1", CameraCharacteristics.LENS_FACING_FRONT);
    ActivityController<TestActivity> two = start();
    assertEquals(View.VISIBLE, screen(two).flip.getVisibility());
    two.close();
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
}
