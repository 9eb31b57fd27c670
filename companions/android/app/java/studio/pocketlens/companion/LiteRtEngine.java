package studio.pocketlens.companion;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.tensorflow.lite.Interpreter;
import org.tensorflow.lite.TensorFlowLite;
import studio.pocketlens.companion.core.Engine;

/** Runs models with TensorFlow Lite (LiteRT) on the processor. */
final class LiteRtEngine implements Engine {
  @Override
  public String name() {
    return "TensorFlow Lite " + TensorFlowLite.runtimeVersion();
  }

  @Override
  public Session open(File model) throws IOException {
    Interpreter.Options options = new Interpreter.Options();
    options.setNumThreads(Math.min(4, Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
    Interpreter interpreter;
    try {
      interpreter = new Interpreter(model, options);
    } catch (RuntimeException refused) {
      throw new IOException("LiteRT can't load this model: " + refused.getMessage(), refused);
    }
    return new Session() {
      @Override
      public int inputBytes() {
        return interpreter.getInputTensor(0).numBytes();
      }

      @Override
      public int outputBytes() {
        return interpreter.getOutputTensor(0).numBytes();
      }

      @Override
      public void run(ByteBuffer input, ByteBuffer output) throws IOException {
        try {
          interpreter.run(input, output);
        } catch (RuntimeException failed) {
          throw new IOException("LiteRT can't run this model: " + failed.getMessage(), failed);
        }
      }

      @Override
      public void close() {
        interpreter.close();
      }
    };
  }
}
