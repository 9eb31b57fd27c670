package studio.pocketlens.companion.core;

import java.io.File;
import java.io.IOException;

/**
 * The models in the folder that the studio writes to, and the one that runs. A new model is loaded
 * before the old one is let go of; one that does not match is refused, and the old one goes on. Used by
 * one thread.
 */
public final class ModelStore implements AutoCloseable {
  /** What became of a look at the folder. */
  public enum Outcome {
    UNCHANGED,
    SWAPPED,
    /** `problem()` says why; what ran before still runs. */
    REFUSED,
    /** No studio has pushed anything yet. */
    EMPTY
  }

  private final File folder;
  private final Engine engine;
  /** The last manifest whose model ran, kept over restarts. */
  private final File lastGood;
  /** Hash of the model of that push that a person switched to, kept over restarts, too. */
  private final File chosen;
  private String seen;
  private Manifest manifest;
  private Classifier running;
  private String problem;

  /** @param privateFolder of the app, where the studio does not write. */
  public ModelStore(File folder, File privateFolder, Engine engine) {
    this.folder = folder;
    this.engine = engine;
    lastGood = new File(privateFolder, "last-good-manifest.json");
    chosen = new File(privateFolder, "chosen-model");
  }

  /** Looks whether the manifest is another one than before, by its content, and follows it. */
  public Outcome refresh() {
    File file = new File(folder, "manifest.json");
    String text;
    try {
      if (!file.isFile()) return running == null ? Outcome.EMPTY : Outcome.UNCHANGED;
      text = Files.text(file);
    } catch (IOException busy) {
      return Outcome.UNCHANGED;
    }
    if (text.equals(seen)) return Outcome.UNCHANGED;
    seen = text;
    try {
      Manifest next = Manifest.read(text);
      if (lastGood.isFile() && text.equals(Files.text(lastGood))) {
        loadChosen(next);
      } else {
        load(next, next.active);
        chosen.delete();
        Files.write(lastGood, text);
      }
      manifest = next;
      return Outcome.SWAPPED;
    } catch (IOException | UnreadableMessage refused) {
      String why = refused.getMessage();
      if (running == null) goBack();
      problem = why;
      return Outcome.REFUSED;
    }
  }

  /** Runs another model of the manifest, until the next push. @return whether it does; else `problem()` says why. */
  public boolean switchTo(String sha256) {
    try {
      load(manifest, sha256);
    } catch (IOException | UnreadableMessage refused) {
      problem = refused.getMessage();
      return false;
    }
    try {
      Files.write(chosen, sha256);
    } catch (IOException full) {
      // It runs; after a restart the studio's own choice does.
    }
    return true;
  }

  /**
   * Loads any model of the folder beside the one that runs; the caller closes it. Requests may name models
   * that the manifest does not.
   */
  Classifier open(String sha256) throws IOException, UnreadableMessage {
    Manifest.Entry listed = manifest == null ? null : manifest.model(sha256);
    ModelFiles files = listed == null ? ModelFiles.unlisted(sha256) : ModelFiles.of(listed);
    return Classifier.open(folder, files, engine);
  }

  /** null before the first model. */
  public Classifier running() {
    return running;
  }

  /** null before the first one that was good. */
  public Manifest manifest() {
    return manifest;
  }

  /** Why the newest push was refused; null when it was not. */
  public String problem() {
    return problem;
  }

  @Override
  public void close() {
    if (running != null) running.close();
    running = null;
  }

  private void load(Manifest from, String sha256) throws IOException, UnreadableMessage {
    Classifier next = Classifier.open(folder, ModelFiles.of(entryOf(from, sha256)), engine);
    if (running != null) running.close();
    running = next;
    problem = null;
  }

  /** Of a push that ran before: a phone that is only turned, or an app that is started anew, goes on with its model. */
  private void loadChosen(Manifest again) throws IOException, UnreadableMessage {
    if (chosen.isFile()) {
      try {
        load(again, Files.text(chosen));
        return;
      } catch (IOException | UnreadableMessage gone) {
        // The one that the studio asked for may be there still.
      }
    }
    load(again, again.active);
  }

  /** After a restart nothing runs yet: what was good then is there still. */
  private void goBack() {
    try {
      if (!lastGood.isFile()) return;
      Manifest good = Manifest.read(Files.text(lastGood));
      loadChosen(good);
      manifest = good;
    } catch (IOException | UnreadableMessage gone) {
      // The reason to tell is why the newest was refused, not that there is nothing to go back to.
    }
  }

  private static Manifest.Entry entryOf(Manifest manifest, String sha256) throws IOException {
    Manifest.Entry entry = manifest == null ? null : manifest.model(sha256);
    if (entry == null) throw new IOException("The manifest does not list the model it asks for.");
    return entry;
  }
}
