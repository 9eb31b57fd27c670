package studio.pocketlens.companion.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Locale;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Test;

public class MessagesTest {
  private static String readingOf(String kind, String text) {
    try {
      if (kind.equals("manifest")) Manifest.read(text);
      else if (kind.equals("contract")) Contract.read(text);
      else if (kind.equals("golden")) Golden.read(text);
      else if (kind.equals("request")) Request.read(text);
      else throw new AssertionError("This app reads no " + kind);
      return "fine";
    } catch (UnreadableMessage problem) {
      return problem.reason.name().toLowerCase(Locale.ROOT);
    }
  }

  @Test
  public void saysOfEachMessageWhatTheStudioSays() throws Exception {
    JSONArray messages = Vectors.json("messages.json").getJSONArray("messages");
    assertTrue(messages.length() > 20);
    for (int i = 0; i < messages.length(); i++) {
      JSONObject message = messages.getJSONObject(i);
      String kind = message.getString("kind");
      assertEquals(
          kind + ": " + message.getString("change"),
          message.getString("reading"),
          readingOf(kind, message.getString("text")));
    }
  }
}
