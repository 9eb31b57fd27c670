/** Node's types declare WebAssembly's interfaces but, without the DOM's, no values. */
export const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: { validate(bytes: Uint8Array): boolean; RuntimeError: ErrorConstructor };
};

/** One function that uses `i8x16.relaxed_swizzle`; the same test as in `@litertjs/core`. */
const relaxedSimdProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15,
  65, 2, 253, 15, 253, 128, 2, 11,
]);

export const hasRelaxedSimd = (): boolean => webAssembly.validate(relaxedSimdProbe);
