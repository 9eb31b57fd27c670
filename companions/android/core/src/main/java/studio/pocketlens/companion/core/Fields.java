package studio.pocketlens.companion.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * The fields of a message, checked as they are read by the rules of docs/companion-protocol.md. Fields
 * that nobody asks for are ignored.
 */
final class Fields {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  /** Relative, forward slashes, never upward. */
  private static final Pattern FILE =
      Pattern.compile("(?!/)(?!(.*/)?\\.\\.?(/|$))[A-Za-z0-9_./-]+");

  private final JSONObject values;

  private Fields(JSONObject values) {
    this.values = values;
  }

  /** A whole message. @throws UnreadableMessage also when its major version is a newer one. */
  static Fields ofMessage(String text) throws UnreadableMessage {
    Fields fields;
    try {
      fields = new Fields(new JSONObject(text));
    } catch (JSONException notJson) {
      throw UnreadableMessage.broken("it is no JSON object");
    }
    Fields version = fields.object("protocol");
    int major = version.whole("major", 1);
    version.whole("minor", 0);
    if (major > Protocol.MAJOR) throw UnreadableMessage.newer();
    return fields;
  }

  boolean has(String name) {
    return values.has(name);
  }

  String text(String name) throws UnreadableMessage {
    Object value = values.opt(name);
    if (value instanceof String) return (String) value;
    throw UnreadableMessage.broken(name + " is no text");
  }

  String oneOf(String name, String... known) throws UnreadableMessage {
    String value = text(name);
    if (Arrays.asList(known).contains(value)) return value;
    throw UnreadableMessage.broken(name + " is " + value + ", which this app does not know");
  }

  String sha256(String name) throws UnreadableMessage {
    return requireSha256(name, text(name));
  }

  /** A file's name in the folder of models. */
  String file(String name) throws UnreadableMessage {
    String value = text(name);
    if (FILE.matcher(value).matches()) return value;
    throw UnreadableMessage.broken(name + " leads out of the folder");
  }

  String matching(String name, Pattern pattern) throws UnreadableMessage {
    String value = text(name);
    if (pattern.matcher(value).matches()) return value;
    throw UnreadableMessage.broken(name + " is not of its form");
  }

  int whole(String name, int least) throws UnreadableMessage {
    double value = number(name);
    if (value == Math.rint(value) && value >= least && value <= Integer.MAX_VALUE) {
      return (int) value;
    }
    throw UnreadableMessage.broken(name + " is no whole number from " + least + " on");
  }

  double number(String name) throws UnreadableMessage {
    return requireNumber(name, values.opt(name));
  }

  /** A number above 0 and at most `most`. */
  double positive(String name, double most) throws UnreadableMessage {
    double value = number(name);
    if (value > 0 && value <= most) return value;
    throw UnreadableMessage.broken(name + " is not between 0 and " + most);
  }

  /** @param count of its numbers; below 0: at least one. */
  double[] numbers(String name, int count) throws UnreadableMessage {
    JSONArray list = list(name);
    if (count < 0 ? list.length() == 0 : list.length() != count) {
      throw UnreadableMessage.broken(name + " has " + list.length() + " numbers");
    }
    double[] numbers = new double[list.length()];
    for (int i = 0; i < numbers.length; i++) numbers[i] = requireNumber(name, list.opt(i));
    return numbers;
  }

  List<String> texts(String name) throws UnreadableMessage {
    JSONArray list = list(name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.length(); i++) {
      if (!(list.opt(i) instanceof String)) throw UnreadableMessage.broken(name + " holds no texts");
      texts.add((String) list.opt(i));
    }
    return texts;
  }

  /** At least one hash. */
  List<String> hashes(String name) throws UnreadableMessage {
    List<String> hashes = texts(name);
    if (hashes.isEmpty()) throw UnreadableMessage.broken(name + " is empty");
    for (String hash : hashes) requireSha256(name, hash);
    return hashes;
  }

  Fields object(String name) throws UnreadableMessage {
    return requireObject(name, values.opt(name));
  }

  /** At least one object. */
  List<Fields> objects(String name) throws UnreadableMessage {
    JSONArray list = list(name);
    if (list.length() == 0) throw UnreadableMessage.broken(name + " is empty");
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < list.length(); i++) objects.add(requireObject(name, list.opt(i)));
    return objects;
  }

  private JSONArray list(String name) throws UnreadableMessage {
    Object value = values.opt(name);
    if (value instanceof JSONArray) return (JSONArray) value;
    throw UnreadableMessage.broken(name + " is no list");
  }

  private static Fields requireObject(String name, Object value) throws UnreadableMessage {
    if (value instanceof JSONObject) return new Fields((JSONObject) value);
    throw UnreadableMessage.broken(name + " is missing");
  }

  private static double requireNumber(String name, Object value) throws UnreadableMessage {
    if (value instanceof Number) {
      double number = ((Number) value).doubleValue();
      if (!Double.isNaN(number) && !Double.isInfinite(number)) return number;
    }
    throw UnreadableMessage.broken(name + " is no number");
  }

  private static String requireSha256(String name, String value) throws UnreadableMessage {
    if (SHA256.matcher(value).matches()) return value;
    throw UnreadableMessage.broken(name + " is no SHA-256");
  }
}
