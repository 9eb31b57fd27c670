/** What an operator is for, as its color says. */
type OperatorFamily = 'weights' | 'arithmetic' | 'pooling' | 'activation' | 'conversion' | 'shape';

const families: Record<OperatorFamily, readonly string[]> = {
  weights: ['CONV_2D', 'DEPTHWISE_CONV_2D', 'TRANSPOSE_CONV', 'FULLY_CONNECTED', 'BATCH_MATMUL'],
  arithmetic: ['ADD', 'SUB', 'MUL', 'DIV', 'SQUARED_DIFFERENCE', 'RSQRT', 'MAXIMUM', 'MINIMUM'],
  pooling: ['AVERAGE_POOL_2D', 'MAX_POOL_2D', 'MEAN', 'SUM', 'REDUCE_MAX'],
  activation: ['RELU', 'RELU6', 'LOGISTIC', 'HARD_SWISH', 'PRELU', 'LEAKY_RELU', 'SOFTMAX', 'TANH'],
  conversion: ['QUANTIZE', 'DEQUANTIZE', 'CAST'],
  shape: ['RESHAPE', 'SQUEEZE', 'PAD', 'TRANSPOSE', 'CONCATENATION', 'STRIDED_SLICE', 'SPLIT'],
};

const familyOf = new Map(
  Object.entries(families).flatMap(([family, kinds]) => kinds.map((kind) => [kind, family])),
);

/** 'other' for kinds that are in no family. */
export const operatorFamily = (kind: string): string => familyOf.get(kind) ?? 'other';
