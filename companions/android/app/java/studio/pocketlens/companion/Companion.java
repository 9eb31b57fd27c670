package studio.pocketlens.companion;

import android.os.Handler;
import android.os.HandlerThread;
import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import studio.pocketlens.companion.core.Classifier;
import studio.pocketlens.companion.core.DeviceFacts;
import studio.pocketlens.companion.core.Engine;
import studio.pocketlens.companion.core.Examiner;
import studio.pocketlens.companion.core.Latency;
import studio.pocketlens.companion.core.Manifest;
import studio.pocketlens.companion.core.ModelStore;
import studio.pocketlens.companion.core.Outbox;
import studio.pocketlens.companion.core.Photo;
import studio.pocketlens.companion.core.TopAnswers;

/**
 * What goes on behind the screen, on a thread of its own: looks for pushes once a second, answers the
 * studio, and answers frames. Listeners are called on the main thread.
 */
final class Companion {
  /** All that the screen shows; never changed once it is made. */
  static final class State {
    final List<Manifest.Entry> models;
    /** null before the first model. */
    final Manifest.Entry running;
    final List<String> labels;
    /** null when there is nothing to compare with. */
    final Examiner.GoldenOutcome golden;
    /** Side of the square that the model is shown, as a share of a picture's short side. */
    final double cropFraction;
    /** Why the newest push was refused; null when it was not. */
    final String refusal;
    /** What else does not work; null when all does. */
    final String trouble;

    State(
        List<Manifest.Entry> models,
        Manifest.Entry running,
        List<String> labels,
        Examiner.GoldenOutcome golden,
        double cropFraction,
        String refusal,
        String trouble) {
      this.models = models;
      this.running = running;
      this.labels = labels;
      this.golden = golden;
      this.cropFraction = cropFraction;
      this.refusal = refusal;
      this.trouble = trouble;
    }

    /** Before the first look. */
    static final State UNKNOWN =
        new State(Collections.emptyList(), null, Collections.emptyList(), null, 1, null, null);
  }

  /** A picture that is to be corrected, with what the model says to just this one. */
  static final class Moment {
    final Photo frame;
    /** Hash of the model that was asked. */
    final String model;
    final TopAnswers.Top answered;

    private Moment(Photo frame, String model, TopAnswers.Top answered) {
      this.frame = frame;
      this.model = model;
      this.answered = answered;
    }
  }

  interface Listener {
    void onState(State state);

    /** Milliseconds of the last inferences. */
    void onAnswers(List<TopAnswers.Top> best, double median, double p95);

    /** @param label null when there was no picture to say something of. @param problem null when it was kept. */
    void onKept(String label, String problem);
  }

  private static final long LOOK_EVERY_MS = 1000;
  private static final int SHOWN = 3;
  /** Of a new answer: at ten frames a second the screen follows within half a second. */
  private static final float SHARE = 0.35f;

  private final Handler main;
  private final HandlerThread thread = new HandlerThread("companion");
  private final Handler worker;
  private final ModelStore store;
  private final Examiner examiner;
  private final Outbox outbox;
  private final Listener listener;
  private final TopAnswers top = new TopAnswers(SHARE);
  private final Runnable look = this::look;
  private Latency latency = new Latency(50);
  private Examiner.GoldenOutcome golden;
  private Photo lastFrame;
  private boolean failing;
  private volatile float threshold;

  Companion(
      File folder,
      File privateFolder,
      String version,
      Engine engine,
      DeviceFacts.Source facts,
      Handler main,
      Listener listener) {
    this.main = main;
    this.listener = listener;
    thread.start();
    worker = new Handler(thread.getLooper());
    store = new ModelStore(folder, privateFolder, engine);
    examiner = new Examiner(folder, store, engine, Bitmaps::decode, facts);
    outbox = new Outbox(folder, version);
  }

  /** For frames, which are to come on this thread. */
  Handler worker() {
    return worker;
  }

  void start() {
    worker.post(look);
  }

  /** Lets go of the model, once what is being done is done. */
  void stop() {
    worker.removeCallbacksAndMessages(null);
    worker.post(store::close);
    thread.quitSafely();
  }

  void setThreshold(float from) {
    threshold = from;
  }

  void switchTo(String sha256) {
    worker.post(
        () -> {
          store.switchTo(sha256);
          afterSwap();
        });
  }

  /** On the worker's thread. */
  void onFrame(Photo frame) {
    lastFrame = frame;
    Classifier running = store.running();
    if (running == null) return;
    try {
      Classifier.Answer answer = running.answer(frame);
      latency.add(answer.milliseconds);
      top.add(running.contract.sha256, answer.probabilities);
      List<TopAnswers.Top> best = top.best(running.contract.preprocessing.labels, SHOWN, threshold);
      double median = latency.quantile(0.5);
      double p95 = latency.quantile(0.95);
      main.post(() -> listener.onAnswers(best, median, p95));
      if (failing) tell(null);
      failing = false;
    } catch (IOException failed) {
      failing = true;
      tell(failed.getMessage());
    }
  }

  /**
   * Holds on to the frame of now, so that what a person says while the camera goes on is said of this one.
   *
   * @param frozen called on the main thread.
   */
  void freeze(Consumer<Moment> frozen) {
    worker.post(
        () -> {
          try {
            Moment moment = momentOf(frameOfNow());
            main.post(() -> frozen.accept(moment));
          } catch (IOException notAnswered) {
            main.post(() -> listener.onKept(null, notAnswered.getMessage()));
          }
        });
  }

  /** Keeps a frozen frame for the studio's inbox, with what the model said and what it should have said. */
  void correct(Moment moment, String label) {
    worker.post(() -> handOver(moment, label));
  }

  /** Keeps the frame of now for the studio's inbox. */
  void collect(String label) {
    worker.post(
        () -> {
          try {
            handOver(new Moment(frameOfNow(), null, null), label);
          } catch (IOException noPicture) {
            main.post(() -> listener.onKept(label, noPicture.getMessage()));
          }
        });
  }

  private Photo frameOfNow() throws IOException {
    if (lastFrame == null) throw new IOException("the camera has given no picture yet");
    return lastFrame;
  }

  private Moment momentOf(Photo frame) throws IOException {
    Classifier running = store.running();
    if (running == null) throw new IOException("there is no model yet");
    TopAnswers alone = new TopAnswers(1);
    alone.add(running.contract.sha256, running.answer(frame).probabilities);
    List<TopAnswers.Top> best = alone.best(running.contract.preprocessing.labels, 1, 0);
    return new Moment(frame, running.contract.sha256, best.get(0));
  }

  private void handOver(Moment moment, String label) {
    String problem = null;
    try {
      outbox.writeFeedback(
          Bitmaps.jpeg(moment.frame), moment.model, moment.answered, label, new Date());
    } catch (IOException notKept) {
      problem = notKept.getMessage();
    }
    String said = problem;
    main.post(() -> listener.onKept(label, said));
  }

  private void look() {
    ModelStore.Outcome outcome = store.refresh();
    if (outcome != ModelStore.Outcome.UNCHANGED) afterSwap();
    try {
      while (examiner.answerNext(new Date()) != null) {
        // Until all are answered.
      }
    } catch (IOException full) {
      tell(full.getMessage());
    }
    worker.postDelayed(look, LOOK_EVERY_MS);
  }

  private void afterSwap() {
    latency = new Latency(50);
    Classifier running = store.running();
    golden = running == null ? null : examiner.checkGolden(running);
    try {
      outbox.writeStatus(
          running == null ? null : running.contract.sha256, store.problem(), new Date());
    } catch (IOException full) {
      tell(full.getMessage());
      return;
    }
    tell(null);
  }

  private void tell(String trouble) {
    Classifier running = store.running();
    Manifest manifest = store.manifest();
    State state =
        new State(
            manifest == null ? Collections.emptyList() : manifest.models,
            running == null || manifest == null ? null : manifest.model(running.contract.sha256),
            running == null ? Collections.emptyList() : running.contract.preprocessing.labels,
            golden,
            running == null ? 1 : running.contract.preprocessing.recipe.cropFraction,
            store.problem(),
            trouble);
    main.post(() -> listener.onState(state));
  }
}
