package studio.pocketlens.companion.core;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** Answers the studio's requests, and holds the app's own answers against the desktop's. */
public final class Examiner {
  /** How a model's answers to golden photos compare with the desktop's. */
  public static final class GoldenOutcome {
    public final int photos;
    public final double largestDifference;
    public final boolean same;

    GoldenOutcome(int photos, double largestDifference, boolean same) {
      this.photos = photos;
      this.largestDifference = largestDifference;
      this.same = same;
    }
  }

  private final File folder;
  private final ModelStore store;
  private final Engine engine;
  private final PhotoDecoder decoder;
  private final DeviceFacts.Source facts;

  public Examiner(
      File folder,
      ModelStore store,
      Engine engine,
      PhotoDecoder decoder,
      DeviceFacts.Source facts) {
    this.folder = folder;
    this.store = store;
    this.engine = engine;
    this.decoder = decoder;
    this.facts = facts;
  }

  /**
   * Answers the next request that has no result yet, the manifest's own one first.
   *
   * @return its id; null when there is none.
   * @throws IOException when the answers can't be written.
   */
  public String answerNext(Date at) throws IOException {
    for (File file : requests()) {
      Request request;
      try {
        request = Request.read(Files.text(file));
      } catch (IOException | UnreadableMessage notForThisApp) {
        // The studio waits in vain and says so; the other requests are answered.
        continue;
      }
      File result = new File(folder, "results/" + request.id + ".json");
      if (result.isFile()) continue;
      Files.write(result, answer(request, at));
      return request.id;
    }
    return null;
  }

  /** @return null when the studio has sent none for this model, or one that can't be read. */
  public GoldenOutcome checkGolden(Classifier classifier) {
    File file = new File(folder, "golden/" + classifier.contract.sha256 + ".json");
    try {
      if (!file.isFile()) return null;
      Golden golden = Golden.read(Files.text(file));
      double largest = 0;
      for (int row = 0; row < golden.photos.size(); row++) {
        double[] expected = golden.expected.get(row);
        float[] answer = classifier.answer(open(golden.photos.get(row))).probabilities;
        if (expected.length != answer.length) return new GoldenOutcome(golden.photos.size(), 1, false);
        for (int i = 0; i < expected.length; i++) {
          largest = Math.max(largest, Math.abs(expected[i] - answer[i]));
        }
      }
      return new GoldenOutcome(golden.photos.size(), largest, largest <= golden.bound);
    } catch (IOException | UnreadableMessage unreadable) {
      return null;
    }
  }

  private List<File> requests() {
    List<File> files = new ArrayList<>();
    Manifest manifest = store.manifest();
    if (manifest != null && manifest.check != null) files.add(new File(folder, manifest.check));
    File[] others = new File(folder, "requests").listFiles();
    if (others == null) return files;
    Arrays.sort(others);
    for (File other : others) {
      if (!other.getName().startsWith(".") && other.getName().endsWith(".json")) files.add(other);
    }
    return files;
  }

  private String answer(Request request, Date at) throws IOException {
    try {
      JSONArray runs = new JSONArray();
      for (String model : request.models) runs.put(run(model, request.photos));
      return Protocol.message()
          .put("id", request.id)
          .put("at", Outbox.time(at))
          .put("runs", runs)
          .toString();
    } catch (JSONException impossible) {
      throw new IOException(impossible);
    }
  }

  private JSONObject run(String model, List<AskedPhoto> photos) throws JSONException {
    Latency latency = new Latency(Math.max(1, photos.size()));
    JSONArray answers = new JSONArray();
    JSONObject run = new JSONObject().put("model", model).put("runtime", engine.name());
    try (Classifier classifier = store.open(model)) {
      for (AskedPhoto photo : photos) answers.put(answer(photo, classifier, latency));
      facts.now().addTo(run);
    } catch (IOException | UnreadableMessage refused) {
      run.put("problem", refused.getMessage());
    }
    JSONObject times = new JSONObject();
    times.put("p50", latency.quantile(0.5)).put("p95", latency.quantile(0.95));
    return run.put("latencyMs", times).put("answers", answers);
  }

  private JSONObject answer(AskedPhoto photo, Classifier classifier, Latency latency)
      throws JSONException {
    JSONObject answer = new JSONObject().put("photo", photo.sha256);
    try {
      Classifier.Answer said = classifier.answer(open(photo));
      latency.add(said.milliseconds);
      JSONArray probabilities = new JSONArray();
      for (float probability : said.probabilities) probabilities.put((double) probability);
      return answer.put("probabilities", probabilities);
    } catch (IOException unreadable) {
      return answer.put("problem", unreadable.getMessage());
    }
  }

  private Photo open(AskedPhoto asked) throws IOException {
    File file = new File(folder, asked.file);
    if (!file.isFile()) throw new IOException("The photo is not there.");
    byte[] bytes = Files.bytes(file);
    if (!Files.sha256(bytes).equals(asked.sha256)) throw new IOException("The photo has another hash.");
    return decoder.decode(bytes).upright(ExifOrientation.of(bytes));
  }
}
