package studio.pocketlens.companion.core;

import java.io.IOException;

/** Decodes the bytes of a photo file to sRGB, not yet turned upright. */
public interface PhotoDecoder {
  /** @throws IOException when they are no photo that this phone can read. */
  Photo decode(byte[] file) throws IOException;
}
