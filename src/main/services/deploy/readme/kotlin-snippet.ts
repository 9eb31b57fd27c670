import type { Preprocessing } from '../../../../shared/domain/preprocessing';
import { numberLiteral } from './number-literal';

/** LiteRT's Interpreter API for Android, the version the snippet was written for. */
const dependency = 'com.google.ai.edge.litert:litert:1.4.2';

/** A class that applies the contract; the numbers in it are the contract's. */
export function kotlinSnippet(contract: Preprocessing, stem: string): string {
  const { width, height, cropFraction, mean, std, input, output } = contract;
  const list = (values: readonly number[]) => values.map((v) => numberLiteral(v, 'f')).join(', ');
  const inputBytes = input.type === 'float32' ? 4 : 1;
  const outputBytes = output.type === 'float32' ? 4 : 1;
  return `// build.gradle.kts: implementation("${dependency}") and androidResources { noCompress += "tflite" }
// Put ${stem}.tflite and labels.txt into src/main/assets.
import android.content.Context
import android.graphics.Bitmap
import java.io.FileInputStream
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.channels.FileChannel
import kotlin.math.max
import kotlin.math.min
import kotlin.math.roundToInt
import org.tensorflow.lite.Interpreter

/** Make one and keep it. Not for two threads at once. */
class Classifier(context: Context) : AutoCloseable {
    private val labels = context.assets.open("labels.txt").bufferedReader().readLines()
    private val interpreter = context.assets.openFd("${stem}.tflite").use { file ->
        val channel = FileInputStream(file.fileDescriptor).channel
        Interpreter(channel.map(FileChannel.MapMode.READ_ONLY, file.startOffset, file.declaredLength))
    }
    private val input = ByteBuffer.allocateDirect(${height} * ${width} * 3 * ${inputBytes}).order(ByteOrder.nativeOrder())
    private val output = ByteBuffer.allocateDirect(labels.size * ${outputBytes}).order(ByteOrder.nativeOrder())

    /** [photo] must be upright: apply the EXIF orientation first. Labels with probabilities, best first. */
    fun classify(photo: Bitmap): List<Pair<String, Float>> {
        val side = max(1, (${numberLiteral(cropFraction, '')} * min(photo.width, photo.height)).roundToInt())
        val square = Bitmap.createBitmap(photo, (photo.width - side) / 2, (photo.height - side) / 2, side, side)
        val small = Bitmap.createScaledBitmap(square, ${width}, ${height}, true)
        val pixels = IntArray(${width} * ${height})
        small.getPixels(pixels, 0, ${width}, 0, 0, ${width}, ${height})
        input.rewind()
        for (pixel in pixels) {
            put(pixel shr 16 and 0xff, 0)
            put(pixel shr 8 and 0xff, 1)
            put(pixel and 0xff, 2)
        }
        input.rewind()
        output.rewind()
        interpreter.run(input, output)
        output.rewind()
        return labels.map { it to probability() }.sortedByDescending { it.second }
    }

    private fun put(value: Int, channel: Int) {
        val real = (value - MEAN[channel]) / STD[channel]
        ${kotlinPut(contract)}
    }

    private fun probability(): Float = ${kotlinRead(contract)}

    override fun close() = interpreter.close()

    private companion object {
        val MEAN = floatArrayOf(${list(mean)})
        val STD = floatArrayOf(${list(std)})
    }
}
`;
}

function kotlinPut({ input }: Preprocessing): string {
  if (input.type === 'float32') return 'input.putFloat(real)';
  const { scale, zeroPoint, type } = input;
  const [low, high] = type === 'uint8' ? [0, 255] : [-128, 127];
  return `val stored = (real / ${numberLiteral(scale, 'f')}).roundToInt() + ${bracketed(zeroPoint)}
        input.put(stored.coerceIn(${low}, ${high}).toByte())`;
}

function kotlinRead({ output }: Preprocessing): string {
  if (output.type === 'float32') return 'output.getFloat()';
  const { scale, zeroPoint, type } = output;
  const stored = type === 'uint8' ? '(output.get().toInt() and 0xff)' : 'output.get().toInt()';
  return `${numberLiteral(scale, 'f')} * (${stored} - ${bracketed(zeroPoint)})`;
}

const bracketed = (value: number): string => (value < 0 ? `(${value})` : String(value));
