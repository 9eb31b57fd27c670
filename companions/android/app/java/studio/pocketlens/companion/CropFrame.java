package studio.pocketlens.companion;

import android.content.Context;
import android.graphics.Canvas;
import android.graphics.Paint;
import android.graphics.RectF;
import android.view.View;

/** Marks the square of the camera's picture that the model is shown; the rest of the picture is dimmed. */
final class CropFrame extends View {
  private final Paint line = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final Paint dim = new Paint();
  private final float corner;
  private int pictureWidth;
  private int pictureHeight;
  private double fraction = 1;

  CropFrame(Context context) {
    super(context);
    float density = getResources().getDisplayMetrics().density;
    corner = 12 * density;
    line.setStyle(Paint.Style.STROKE);
    line.setStrokeWidth(2 * density);
    line.setColor(0xb0ffffff);
    dim.setColor(0x59000000);
  }

  /** @param width of the picture as it stands on the screen, in any unit; 0 for none. */
  void setPicture(int width, int height) {
    pictureWidth = width;
    pictureHeight = height;
    invalidate();
  }

  /** @param share of the picture's short side. */
  void setFraction(double share) {
    fraction = share;
    invalidate();
  }

  /** By how much a picture grows that is shown wholly, and as large as the view lets it be. */
  static float scale(float viewWidth, float viewHeight, int width, int height) {
    return Math.min(viewWidth / width, viewHeight / height);
  }

  /** The centered square of such a picture, in the view's pixels. */
  static RectF square(float viewWidth, float viewHeight, int width, int height, double fraction) {
    float half =
        (float) (fraction * Math.min(width, height) * scale(viewWidth, viewHeight, width, height)) / 2;
    float x = viewWidth / 2;
    float y = viewHeight / 2;
    return new RectF(x - half, y - half, x + half, y + half);
  }

  @Override
  protected void onDraw(Canvas canvas) {
    if (pictureWidth == 0 || pictureHeight == 0) return;
    RectF square = square(getWidth(), getHeight(), pictureWidth, pictureHeight, fraction);
    canvas.drawRect(0, 0, getWidth(), square.top, dim);
    canvas.drawRect(0, square.bottom, getWidth(), getHeight(), dim);
    canvas.drawRect(0, square.top, square.left, square.bottom, dim);
    canvas.drawRect(square.right, square.top, getWidth(), square.bottom, dim);
    canvas.drawRoundRect(square, corner, corner, line);
  }
}
