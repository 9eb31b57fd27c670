package studio.pocketlens.companion;

import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import android.graphics.ColorSpace;
import android.os.Build;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import studio.pocketlens.companion.core.Photo;

/** Photos from and to Android's bitmaps. */
final class Bitmaps {
  /** Short side above which decoders halve: more than any model looks at, and less memory. */
  private static final int ENOUGH = 2048;

  private Bitmaps() {}

  static Photo decode(byte[] file) throws IOException {
    BitmapFactory.Options options = new BitmapFactory.Options();
    options.inJustDecodeBounds = true;
    BitmapFactory.decodeByteArray(file, 0, file.length, options);
    options.inJustDecodeBounds = false;
    options.inSampleSize = Math.max(1, Math.min(options.outWidth, options.outHeight) / ENOUGH);
    options.inPreferredConfig = Bitmap.Config.ARGB_8888;
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O) {
      options.inPreferredColorSpace = ColorSpace.get(ColorSpace.Named.SRGB);
    }
    Bitmap bitmap = BitmapFactory.decodeByteArray(file, 0, file.length, options);
    if (bitmap == null) throw new IOException("This phone can't read the photo.");
    int[] argb = new int[bitmap.getWidth() * bitmap.getHeight()];
    bitmap.getPixels(argb, 0, bitmap.getWidth(), 0, 0, bitmap.getWidth(), bitmap.getHeight());
    Photo photo = new Photo(bitmap.getWidth(), bitmap.getHeight(), argb);
    bitmap.recycle();
    return photo;
  }

  static byte[] jpeg(Photo photo) {
    Bitmap bitmap =
        Bitmap.createBitmap(photo.argb, photo.width, photo.height, Bitmap.Config.ARGB_8888);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bitmap.compress(Bitmap.CompressFormat.JPEG, 95, bytes);
    bitmap.recycle();
    return bytes.toByteArray();
  }
}
