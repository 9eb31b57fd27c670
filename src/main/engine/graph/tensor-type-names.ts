/** Enum TensorType of the TFLite schema in order, also the types that this program can't use. */
const names = `
  float32 float16 int32 uint8 int64 string bool int16 complex64 int8 float64 complex128 uint64
  resource variant uint32 uint16 int4
`
  .trim()
  .split(/\s+/);

/** "float32", or "type 40" for numbers younger than this list. */
export const tensorTypeName = (code: number): string => names[code] ?? `type ${code}`;
