package studio.pocketlens.companion.core;

import java.util.List;
import java.util.regex.Pattern;

/** `requests/<id>.json`: these photos with these models, please. */
public final class Request {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

  public final String id;
  public final List<String> models;
  public final List<AskedPhoto> photos;

  private Request(Fields fields) throws UnreadableMessage {
    id = fields.matching("id", ID);
    models = fields.hashes("models");
    photos = AskedPhoto.readAll(fields.objects("photos"));
  }

  public static Request read(String text) throws UnreadableMessage {
    return new Request(Fields.ofMessage(text));
  }
}
