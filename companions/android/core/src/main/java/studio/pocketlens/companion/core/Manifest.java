package studio.pocketlens.companion.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** `manifest.json`: the models there are, and the one to run. */
public final class Manifest {
  /** A model that may be switched to. */
  public static final class Entry {
    public final String sha256;
    public final String file;
    public final String contract;
    public final String name;
    public final String precision;

    private Entry(Fields fields) throws UnreadableMessage {
      sha256 = fields.sha256("sha256");
      file = fields.file("file");
      contract = fields.file("contract");
      name = fields.text("name");
      precision = Contract.precisionOf(fields);
      fields.whole("bytes", 1);
    }
  }

  public final String project;
  /** Hash of the model to run. */
  public final String active;
  public final List<Entry> models;
  /** The request to answer before all others; null when there is none. */
  public final String check;

  private Manifest(Fields fields) throws UnreadableMessage {
    fields.text("createdAt");
    project = fields.object("project").text("name");
    active = fields.sha256("active");
    List<Entry> entries = new ArrayList<>();
    for (Fields model : fields.objects("models")) entries.add(new Entry(model));
    models = Collections.unmodifiableList(entries);
    check = fields.has("check") ? fields.file("check") : null;
  }

  public static Manifest read(String text) throws UnreadableMessage {
    return new Manifest(Fields.ofMessage(text));
  }

  /** null when no model has this hash. */
  public Entry model(String sha256) {
    for (Entry entry : models) if (entry.sha256.equals(sha256)) return entry;
    return null;
  }
}
