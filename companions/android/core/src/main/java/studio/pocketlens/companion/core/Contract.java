package studio.pocketlens.companion.core;

/** `<sha256>.json`: all that an app needs to know about a model. */
public final class Contract {
  public final String sha256;
  public final String name;
  public final String precision;
  public final Preprocessing preprocessing;

  private Contract(Fields fields) throws UnreadableMessage {
    sha256 = fields.sha256("sha256");
    name = fields.text("name");
    precision = precisionOf(fields);
    preprocessing = new Preprocessing(fields.object("preprocessing"));
  }

  public static Contract read(String text) throws UnreadableMessage {
    return new Contract(Fields.ofMessage(text));
  }

  static String precisionOf(Fields fields) throws UnreadableMessage {
    return fields.oneOf(
        "precision",
        "float32",
        "float16",
        "int8-weights",
        "dynamic-range",
        "int16x8",
        "int8");
  }
}
