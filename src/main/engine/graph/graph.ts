/**
 * A model graph in memory: what a TFLite file says, one subgraph, in plain objects that passes
 * can rewrite. Field names follow the TFLite schema (tensorflow/lite/schema/schema.fbs).
 */
export interface Graph {
  description: string;
  tensors: Tensor[];
  /** In an order in which each operator's inputs are ready. */
  operators: Operator[];
  /** Indices into `tensors`. */
  inputs: number[];
  outputs: number[];
  /** Named buffers of `Model.metadata`, for example `TFLITE_METADATA`. */
  metadata: Map<string, Uint8Array>;
}

export type ElementType =
  | 'float32'
  | 'float16'
  | 'int32'
  | 'uint8'
  | 'int64'
  | 'bool'
  | 'int16'
  | 'int8';

export interface Tensor {
  name: string;
  /** Row-major (NHWC for pictures); empty for a scalar. */
  shape: number[];
  type: ElementType;
  /** Little-endian bytes of a constant; absent for a value computed at run time. */
  data?: Uint8Array;
  quantization?: TensorQuantization;
}

/** real = scale * (stored - zeroPoint); one pair a channel of `axis` where there are several. */
export interface TensorQuantization {
  scale: number[];
  zeroPoint: number[];
  /** `quantized_dimension`; 0 when per-tensor. */
  axis: number;
}

export type Activation = 'none' | 'relu' | 'relu-n1-to-1' | 'relu6' | 'tanh';
export type Padding = 'same' | 'valid';

export interface ConvolutionOptions {
  padding: Padding;
  strideWidth: number;
  strideHeight: number;
  dilationWidth: number;
  dilationHeight: number;
  activation: Activation;
}

export interface PoolOptions {
  padding: Padding;
  strideWidth: number;
  strideHeight: number;
  filterWidth: number;
  filterHeight: number;
  activation: Activation;
}

export interface AdditionOptions {
  activation: Activation;
  /** Of int16 values: scales are any numbers, not powers of two (`pot_scale_int16` is false). */
  anyScale?: true | undefined;
}

type NoOptions = Record<string, never>;

/** Options by operator. Kernel layouts: CONV_2D [out,h,w,in], DEPTHWISE [1,h,w,ch], FC [out,in]. */
export interface OperatorOptions {
  CONV_2D: ConvolutionOptions;
  DEPTHWISE_CONV_2D: ConvolutionOptions & { depthMultiplier: number };
  AVERAGE_POOL_2D: PoolOptions;
  MAX_POOL_2D: PoolOptions;
  FULLY_CONNECTED: { activation: Activation; keepNumDims: boolean };
  SOFTMAX: { beta: number };
  ADD: AdditionOptions;
  SUB: AdditionOptions;
  MUL: { activation: Activation };
  RESHAPE: { newShape: number[] };
  SQUEEZE: { squeezeDims: number[] };
  MEAN: { keepDims: boolean };
  CONCATENATION: { axis: number; activation: Activation };
  PAD: NoOptions;
  RELU: NoOptions;
  RELU6: NoOptions;
  LOGISTIC: NoOptions;
  HARD_SWISH: NoOptions;
  QUANTIZE: NoOptions;
  DEQUANTIZE: NoOptions;
  /** In a trainer's graph only: the identity at inference. A pass removes it; never written. */
  DROPOUT: { rate: number };
  /** In a trainer's graph only, like DROPOUT. */
  IDENTITY: NoOptions;
}

export type OperatorKind = keyof OperatorOptions;

/**
 * One operator, of any kind or of the given one. `inputs` may hold -1 for an optional input that
 * is absent.
 */
export type Operator<Of extends OperatorKind = OperatorKind> = {
  [Kind in Of]: {
    kind: Kind;
    /** Name for reports; TFLite itself stores none. */
    name: string;
    inputs: number[];
    outputs: number[];
    options: OperatorOptions[Kind];
  };
}[Of];
