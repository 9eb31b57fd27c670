package studio.pocketlens.companion.core;

import org.json.JSONException;
import org.json.JSONObject;

/** The version of docs/companion-protocol.md that this app speaks. */
public final class Protocol {
  static final int MAJOR = 1;
  static final int MINOR = 0;

  private Protocol() {}

  /** The beginning of every message. */
  static JSONObject message() throws JSONException {
    JSONObject version = new JSONObject().put("major", MAJOR).put("minor", MINOR);
    return new JSONObject().put("protocol", version);
  }
}
