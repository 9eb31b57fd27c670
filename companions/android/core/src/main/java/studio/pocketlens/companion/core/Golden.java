package studio.pocketlens.companion.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** `golden/<model>.json`: what the desktop answered. */
public final class Golden {
  public final String sha256;
  /** Largest difference of a probability that counts as the same answer. */
  public final double bound;
  public final List<AskedPhoto> photos;
  /** The desktop's probabilities, one row a photo. */
  public final List<double[]> expected;

  private Golden(Fields fields) throws UnreadableMessage {
    sha256 = fields.sha256("sha256");
    bound = fields.positive("bound", 1);
    fields.text("runtime");
    List<Fields> rows = fields.objects("photos");
    photos = AskedPhoto.readAll(rows);
    List<double[]> answers = new ArrayList<>();
    for (Fields row : rows) answers.add(row.numbers("expected", -1));
    expected = Collections.unmodifiableList(answers);
  }

  public static Golden read(String text) throws UnreadableMessage {
    return new Golden(Fields.ofMessage(text));
  }
}
