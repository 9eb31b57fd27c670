package studio.pocketlens.companion.core;

/** A file of the studio that can't be used, and why. */
public final class UnreadableMessage extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it, in the words of the vectors' messages.json. */
  public enum Reason {
    /** Written by a studio with a newer major version of the protocol. */
    NEWER,
    BROKEN
  }

  public final Reason reason;

  UnreadableMessage(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static UnreadableMessage broken(String what) {
    return new UnreadableMessage(Reason.BROKEN, "A file from the studio is broken: " + what + ".");
  }

  static UnreadableMessage newer() {
    return new UnreadableMessage(
        Reason.NEWER, "The studio is newer than this app. Update the app from the Deploy page.");
  }
}
