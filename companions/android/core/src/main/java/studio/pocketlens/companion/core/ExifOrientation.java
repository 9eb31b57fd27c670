package studio.pocketlens.companion.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a JPEG's pixels are to be turned, by the tag Orientation (0x0112) of its EXIF segment. */
public final class ExifOrientation {
  private static final int TAG = 0x0112;

  private ExifOrientation() {}

  /** @return 1 to 8; 1 (as it is) where the file says nothing, or nothing sensible. */
  public static int of(byte[] file) {
    int at = 2;
    if (file.length < 4 || (file[0] & 0xff) != 0xff || (file[1] & 0xff) != 0xd8) return 1;
    while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
      int marker = file[at + 1] & 0xff;
      int length = (file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff);
      // SOS: pixels from here on.
      if (marker == 0xda || length < 2) return 1;
      int end = Math.min(file.length, at + 2 + length);
      if (marker == 0xe1 && isExif(file, at + 4, end)) return ofTiff(file, at + 10, end);
      at += 2 + length;
    }
    return 1;
  }

  private static boolean isExif(byte[] file, int at, int end) {
    byte[] name = {'E', 'x', 'i', 'f', 0, 0};
    if (at + name.length > end) return false;
    for (int i = 0; i < name.length; i++) if (file[at + i] != name[i]) return false;
    return true;
  }

  private static int ofTiff(byte[] file, int start, int end) {
    if (end - start < 10) return 1;
    ByteBuffer tiff = ByteBuffer.wrap(file, start, end - start).slice();
    tiff.order(tiff.get(0) == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > tiff.limit() - 2) return 1;
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if (entry > tiff.limit() - 12) return 1;
      if ((tiff.getShort(entry) & 0xffff) != TAG) continue;
      int value = tiff.getShort(entry + 8) & 0xffff;
      return value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
  }
}
