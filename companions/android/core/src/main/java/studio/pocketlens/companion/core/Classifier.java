package studio.pocketlens.companion.core;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A loaded model together with its contract. */
public final class Classifier implements AutoCloseable {
  /** What a model said, and how long its inference took. */
  public static final class Answer {
    /** One a label, 0 to 1. */
    public final float[] probabilities;
    /** Of the inference alone. */
    public final double milliseconds;

    Answer(float[] probabilities, double milliseconds) {
      this.probabilities = probabilities;
      this.milliseconds = milliseconds;
    }
  }

  public final Contract contract;
  private final Engine.Session session;
  private final ByteBuffer output;

  private Classifier(Contract contract, Engine.Session session) {
    this.contract = contract;
    this.session = session;
    output = ByteBuffer.allocateDirect(session.outputBytes()).order(ByteOrder.nativeOrder());
  }

  /**
   * Loads a model, whose bytes must have the hash it is named by and whose tensors must be those of its
   * contract.
   *
   * @throws IOException with a sentence that says what does not match.
   */
  static Classifier open(File folder, ModelFiles model, Engine engine)
      throws IOException, UnreadableMessage {
    File file = new File(folder, model.file);
    if (!file.isFile()) throw new IOException("The file of " + model.name + " is not there.");
    if (!Files.sha256(file).equals(model.sha256)) {
      throw new IOException("The file of " + model.name + " has another hash than the manifest says.");
    }
    File contractFile = new File(folder, model.contract);
    if (!contractFile.isFile()) throw new IOException("The contract of " + model.name + " is not there.");
    Contract contract = Contract.read(Files.text(contractFile));
    if (!contract.sha256.equals(model.sha256)) {
      throw new IOException("The contract of " + model.name + " is that of another model.");
    }
    Engine.Session session = engine.open(file);
    try {
      Preprocessing preprocessing = contract.preprocessing;
      Preprocessing.Recipe recipe = preprocessing.recipe;
      requireBytes("input", model.name, session.inputBytes(),
          recipe.width * recipe.height * 3 * preprocessing.encoding.input.bytesPerValue());
      requireBytes("output", model.name, session.outputBytes(),
          preprocessing.labels.size() * preprocessing.output.bytesPerValue());
      return new Classifier(contract, session);
    } catch (IOException | RuntimeException problem) {
      session.close();
      throw problem;
    }
  }

  private static void requireBytes(String tensor, String name, int found, int needed)
      throws IOException {
    if (found == needed) return;
    throw new IOException("The " + tensor + " of " + name + " has " + found
        + " bytes, and its contract says " + needed + ".");
  }

  /** @param photo upright. */
  public Answer answer(Photo photo) throws IOException {
    Preprocessing preprocessing = contract.preprocessing;
    byte[] pixels = ModelInput.pixels(photo, preprocessing.recipe);
    ByteBuffer input = ModelInput.tensor(pixels, preprocessing.encoding);
    output.rewind();
    long before = System.nanoTime();
    session.run(input, output);
    double milliseconds = (System.nanoTime() - before) / 1e6;
    return new Answer(
        ModelInput.probabilities(output, preprocessing.output, preprocessing.labels.size()),
        milliseconds);
  }

  @Override
  public void close() {
    session.close();
  }
}
