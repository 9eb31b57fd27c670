package studio.pocketlens.companion.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A photo in the folder, and the hash its bytes must have. */
public final class AskedPhoto {
  public final String file;
  public final String sha256;

  private AskedPhoto(Fields fields) throws UnreadableMessage {
    file = fields.file("file");
    sha256 = fields.sha256("sha256");
  }

  static AskedPhoto read(Fields fields) throws UnreadableMessage {
    return new AskedPhoto(fields);
  }

  static List<AskedPhoto> readAll(List<Fields> list) throws UnreadableMessage {
    List<AskedPhoto> photos = new ArrayList<>();
    for (Fields fields : list) photos.add(new AskedPhoto(fields));
    return Collections.unmodifiableList(photos);
  }
}
