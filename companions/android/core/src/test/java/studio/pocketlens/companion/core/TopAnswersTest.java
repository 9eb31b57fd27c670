package studio.pocketlens.companion.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class TopAnswersTest {
  private static final List<String> LABELS = Arrays.asList("cup", "hat", "key", "pen");

  private static String told(List<TopAnswers.Top> best) {
    StringBuilder text = new StringBuilder();
    for (TopAnswers.Top top : best) text.append(top.label).append(' ').append(top.probability).append(' ');
    return text.toString().trim();
  }

  @Test
  public void mostProbableFirstAndOfEqualsTheFirstLabel() {
    TopAnswers answers = new TopAnswers(1);
    answers.add("a", new float[] {0.25f, 0.0f, 0.5f, 0.25f});
    assertEquals("key 0.5 cup 0.25 pen 0.25", told(answers.best(LABELS, 3, 0)));
    assertEquals("key 0.5", told(answers.best(LABELS, 1, 0)));
  }

  @Test
  public void labelsBelowTheThresholdAreLeftOut() {
    TopAnswers answers = new TopAnswers(1);
    answers.add("a", new float[] {0.25f, 0.0f, 0.5f, 0.25f});
    assertEquals("key 0.5", told(answers.best(LABELS, 3, 0.3f)));
    assertEquals("key 0.5", told(answers.best(LABELS, 3, 0.5f)));
    assertTrue(answers.best(LABELS, 3, 0.6f).isEmpty());
  }

  @Test
  public void newAnswersCountForTheirShare() {
    TopAnswers answers = new TopAnswers(0.25f);
    answers.add("a", new float[] {1, 0, 0, 0});
    answers.add("a", new float[] {0, 1, 0, 0});
    assertEquals("cup 0.75 hat 0.25", told(answers.best(LABELS, 2, 0.01f)));
    for (int i = 0; i < 100; i++) answers.add("a", new float[] {0, 1, 0, 0});
    assertEquals("hat", answers.best(LABELS, 1, 0.99f).get(0).label);
  }

  @Test
  public void anotherModelBeginsAnew() {
    TopAnswers answers = new TopAnswers(0.25f);
    answers.add("a", new float[] {1, 0, 0, 0});
    answers.add("b", new float[] {0, 0, 0, 1});
    assertEquals("pen 1.0", told(answers.best(LABELS, 3, 0.01f)));
  }

  @Test
  public void nothingBeforeTheFirstAnswer() {
    assertTrue(new TopAnswers(1).best(LABELS, 3, 0).isEmpty());
  }

  @Test
  public void latencyLooksAtTheLastOnes() {
    Latency latency = new Latency(4);
    assertTrue(latency.isEmpty());
    for (double time : new double[] {900, 1, 2, 3, 4}) latency.add(time);
    assertEquals(2, latency.quantile(0.5), 0);
    assertEquals(4, latency.quantile(0.95), 0);
  }
}
