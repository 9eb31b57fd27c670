package studio.pocketlens.companion.core;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What runs model files: LiteRT on a phone. Used by one thread. */
public interface Engine {
  /** For results, with its version. */
  String name();

  /** @throws IOException when the file is no model that can be run, with a sentence why. */
  Session open(File model) throws IOException;

  /** A model in memory. */
  interface Session extends AutoCloseable {
    /** Bytes of the input tensor. */
    int inputBytes();

    /** Bytes of the output tensor. */
    int outputBytes();

    /** One inference; both are direct buffers of just these sizes, at their beginning. */
    void run(ByteBuffer input, ByteBuffer output) throws IOException;

    @Override
    void close();
  }
}
