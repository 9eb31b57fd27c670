/** To the worker of WebGPU; one model a worker. */
export type ToGpu =
  | { kind: 'load'; file: Uint8Array }
  | { kind: 'run'; id: number; input: Float32Array };

/** From it. */
export type FromGpu =
  | { kind: 'ready' }
  /** `ms`: from the input to the output, without the way to and from the worker. */
  | { kind: 'answer'; id: number; output: Float32Array<ArrayBuffer>; ms: number }
  /** Nothing more comes: the model can't be run here, or the device is gone. */
  | { kind: 'failed'; problem: string };
