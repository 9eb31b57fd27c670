package studio.pocketlens.companion.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The most probable labels of a stream of answers, smoothed so that they do not flicker: each new answer
 * counts for a fixed share, the ones before it for the rest.
 */
public final class TopAnswers {
  public static final class Top {
    public final String label;
    public final float probability;

    Top(String label, float probability) {
      this.label = label;
      this.probability = probability;
    }
  }

  private final float share;
  private String model;
  private float[] smoothed;

  /** @param share above 0; 1 smooths nothing. */
  public TopAnswers(float share) {
    if (!(share > 0 && share <= 1)) throw new IllegalArgumentException("share " + share);
    this.share = share;
  }

  /** Takes in an answer of a model; that of another model than before begins anew. */
  public void add(String sha256, float[] probabilities) {
    if (!sha256.equals(model) || smoothed.length != probabilities.length) {
      model = sha256;
      smoothed = probabilities.clone();
      return;
    }
    for (int i = 0; i < smoothed.length; i++) {
      smoothed[i] += share * (probabilities[i] - smoothed[i]);
    }
  }

  /**
   * @param count at most so many labels, the most probable first; of equals the first label.
   * @param threshold labels below it are left out.
   */
  public List<Top> best(List<String> labels, int count, float threshold) {
    List<Top> all = new ArrayList<>();
    for (int i = 0; smoothed != null && i < Math.min(labels.size(), smoothed.length); i++) {
      if (smoothed[i] >= threshold) all.add(new Top(labels.get(i), smoothed[i]));
    }
    Collections.sort(all, (a, b) -> Float.compare(b.probability, a.probability));
    return new ArrayList<>(all.subList(0, Math.min(count, all.size())));
  }
}
