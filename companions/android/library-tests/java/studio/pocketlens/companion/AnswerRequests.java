package studio.pocketlens.companion;

import java.io.File;
import java.util.Date;
import studio.pocketlens.companion.core.DeviceFacts;
import studio.pocketlens.companion.core.Examiner;
import studio.pocketlens.companion.core.ModelStore;
import studio.pocketlens.companion.core.Vectors;

/**
 * The app without its screen, on a desktop's JVM: follows a push and answers its requests by the app's own code
 * and the phone's own TensorFlow Lite library. Arguments: the pushed folder, a private one.
 */
public final class AnswerRequests {
  private AnswerRequests() {}

  public static void main(String[] arguments) throws Exception {
    File folder = new File(arguments[0]);
    LiteRtEngine engine = new LiteRtEngine();
    try (ModelStore store = new ModelStore(folder, new File(arguments[1]), engine)) {
      ModelStore.Outcome outcome = store.refresh();
      if (outcome != ModelStore.Outcome.SWAPPED) {
        throw new IllegalStateException(outcome + ": " + store.problem());
      }
      DeviceFacts facts = new DeviceFacts(null, null, null);
      Examiner examiner = new Examiner(folder, store, engine, Vectors::decode, () -> facts);
      String id = examiner.answerNext(new Date());
      while (id != null) {
        System.out.println("Answered " + id + " by " + engine.name());
        id = examiner.answerNext(new Date());
      }
    }
  }
}
