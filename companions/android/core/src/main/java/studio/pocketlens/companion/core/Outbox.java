package studio.pocketlens.companion.core;

import java.io.File;
import java.io.IOException;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import org.json.JSONException;
import org.json.JSONObject;

/** What the app tells the studio: status and feedback, as files in the folder. */
public final class Outbox {
  private static final String APP = "Pocketlens companion";

  private final File folder;
  private final String version;

  /** @param version of the app. */
  public Outbox(File folder, String version) {
    this.folder = folder;
    this.version = version;
  }

  /** @param running hash of the model; null when none runs. @param problem null when all is well. */
  public void writeStatus(String running, String problem, Date at) throws IOException {
    try {
      JSONObject status = Protocol.message();
      status.put("at", time(at));
      status.put("app", new JSONObject().put("name", APP).put("version", version));
      status.put("state", problem == null ? "idle" : "failed");
      if (running != null) status.put("running", running);
      if (problem != null) status.put("problem", problem);
      Files.write(new File(folder, "status.json"), status.toString());
    } catch (JSONException impossible) {
      throw new IOException(impossible);
    }
  }

  /**
   * Hands over a photo with what a person says it shows, for the studio's inbox.
   *
   * @param jpeg the photo's file. @param model hash of the model that answered; null in collect mode.
   * @param answered what the model said, and how surely; null like `model`.
   * @param label what the person said.
   * @return the name of the message's file.
   */
  public String writeFeedback(
      byte[] jpeg, String model, TopAnswers.Top answered, String label, Date at) throws IOException {
    String sha256 = Files.sha256(jpeg);
    String photo = "feedback/" + sha256 + ".jpg";
    String name = "feedback/" + at.getTime() + "-" + sha256.substring(0, 12) + ".json";
    try {
      JSONObject feedback = Protocol.message();
      feedback.put("photo", new JSONObject().put("file", photo).put("sha256", sha256));
      feedback.put("at", time(at));
      if (model != null) feedback.put("model", model);
      if (answered != null) {
        feedback.put("answered", answered.label).put("probability", (double) answered.probability);
      }
      feedback.put("label", label);
      // The photo first: the message says that it is there.
      Files.write(new File(folder, photo), jpeg);
      Files.write(new File(folder, name), feedback.toString());
      return name;
    } catch (JSONException impossible) {
      throw new IOException(impossible);
    }
  }

  static String time(Date at) {
    SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
    format.setTimeZone(TimeZone.getTimeZone("UTC"));
    return format.format(at);
  }
}
