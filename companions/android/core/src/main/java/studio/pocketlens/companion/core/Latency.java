package studio.pocketlens.companion.core;

import java.util.Arrays;

/** Times of the last inferences, in milliseconds. */
public final class Latency {
  private final double[] times;
  private int count;

  /** @param window how many of the last are looked at. */
  public Latency(int window) {
    times = new double[window];
  }

  public void add(double milliseconds) {
    times[count++ % times.length] = milliseconds;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** @param share 0.5 for the median; the nearest rank. 0 when there are none. */
  public double quantile(double share) {
    if (count == 0) return 0;
    double[] sorted = Arrays.copyOf(times, Math.min(count, times.length));
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
