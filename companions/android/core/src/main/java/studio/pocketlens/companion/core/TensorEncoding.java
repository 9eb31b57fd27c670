package studio.pocketlens.companion.core;

import java.util.Locale;

/** How a tensor stores real numbers: real = scale * (stored - zeroPoint); float32 has neither. */
public final class TensorEncoding {
  public enum Type {
    FLOAT32,
    UINT8,
    INT8
  }

  public final Type type;
  public final double scale;
  public final int zeroPoint;

  TensorEncoding(Fields fields) throws UnreadableMessage {
    String name = fields.oneOf("type", "float32", "uint8", "int8");
    type = Type.valueOf(name.toUpperCase(Locale.ROOT));
    if (type == Type.FLOAT32) {
      scale = 1;
      zeroPoint = 0;
      return;
    }
    scale = fields.positive("scale", Double.MAX_VALUE);
    zeroPoint = fields.whole("zeroPoint", -128);
    if (zeroPoint > 255) throw UnreadableMessage.broken("zeroPoint is above 255");
  }

  public int bytesPerValue() {
    return type == Type.FLOAT32 ? 4 : 1;
  }
}
