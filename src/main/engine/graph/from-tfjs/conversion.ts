import type { z } from 'zod';
import type { OperatorKind, OperatorOptions } from '../graph';
import { GraphBuilder } from '../graph-builder';
import { tensorElements } from '../tensor-data';
import { tfjsUnreadable, tfjsUnsupported, downloadAgain } from './tfjs-error';
import type { LayerRecord } from './topology';
import type { WeightStore } from './weight-store';

/** What one tensor may hold: 256 MB, of a picture of 4,096 × 4,096 with four channels. */
const MOST_VALUES = 2 ** 26;
const MOST_OPERATORS = 20_000;

/** The graph that a network becomes, layer by layer. Every batch is one picture. */
export class Conversion {
  readonly builder = new GraphBuilder();
  /** Layers that do nothing to a picture that is classified. */
  readonly leftOut: LayerRecord[] = [];
  /** Layers that became operators, or were left out. */
  readonly converted = new Set<LayerRecord>();
  operators = 0;
  private readonly constants = new Map<LayerRecord, Map<string, number>>();
  private readonly names = new Map<string, number>();

  constructor(private readonly weights: WeightStore) {}

  /**
   * Adds an operator for a layer. The last of a layer's operators bears its name, those before it
   * have a `part` behind it.
   * @returns the tensor that it computes
   * @throws AppError 'model-unsupported' for a shape that is empty or too large
   */
  emit<Kind extends OperatorKind>(
    kind: Kind,
    layer: LayerRecord,
    inputs: number[],
    shape: number[],
    options: OperatorOptions[Kind],
    part?: string,
  ): number {
    requireShape(shape, describe(layer));
    this.operators += 1;
    if (this.operators > MOST_OPERATORS) {
      throw tfjsUnsupported(`it would have more than ${MOST_OPERATORS} operators`);
    }
    const name = this.uniqueName(part === undefined ? layer.name : `${layer.name}/${part}`);
    return this.builder.operator(kind, name, inputs, shape, options);
  }

  /** Values of a layer's weight, once a layer: a shared layer has its constants once. */
  constant(
    layer: LayerRecord,
    part: string,
    make: () => { shape: number[]; values: Float32Array | Int32Array },
  ): number {
    const own = this.constants.get(layer) ?? new Map<string, number>();
    this.constants.set(layer, own);
    const known = own.get(part);
    if (known !== undefined) return known;
    const { shape, values } = make();
    const name = this.uniqueName(`${layer.name}/${part}`);
    const tensor = this.builder.constant(name, shape, values);
    own.set(part, tensor);
    return tensor;
  }

  /** See `WeightStore.take`. */
  weight(
    layer: LayerRecord,
    name: string,
    shape: readonly number[],
    ...otherNames: string[]
  ): Float32Array {
    requireShape(shape, describe(layer));
    return this.weights.take(layer, [name, ...otherNames], shape);
  }

  shapeOf(tensor: number): number[] {
    return this.builder.shapeOf(tensor);
  }

  /**
   * [height, width, channels] of a picture or feature map.
   * @throws AppError 'model-unsupported' for a tensor of another rank
   */
  mapOf(layer: LayerRecord, tensor: number): [number, number, number] {
    const [, height, width, channels, ...more] = this.shapeOf(tensor);
    if (height && width && channels && more.length === 0) return [height, width, channels];
    throw refuse(layer, `it takes [${this.shapeOf(tensor).join(', ')}], not one feature map`);
  }

  /** LiteRT and layers that are kept in float go by names, which networks inside others repeat. */
  private uniqueName(name: string): string {
    const count = (this.names.get(name) ?? 0) + 1;
    this.names.set(name, count);
    return count === 1 ? name : this.uniqueName(`${name}_${count}`);
  }
}

/** @throws AppError 'model-unsupported' for a tensor without or with far too many values. */
export function requireShape(shape: readonly number[], of: string): void {
  const isSound = shape.every((size) => Number.isSafeInteger(size) && size > 0);
  if (isSound && tensorElements(shape) <= MOST_VALUES) return;
  throw tfjsUnsupported(
    `${of} would make [${shape.join(', ')}] values, which is ${isSound ? 'too many' : 'nothing'}`,
    'Check the size of the picture that the model takes, and export it anew.',
  );
}

export const describe = ({ name, className }: LayerRecord): string =>
  name === className ? className : `layer ${name} (${className})`;

/** @param why fits behind a colon. */
export const refuse = (layer: LayerRecord, why: string) =>
  tfjsUnsupported(`${describe(layer)}: ${why}`);

/** The one tensor that most layers take. */
export function onlyInput(layer: LayerRecord, inputs: readonly number[]): number {
  const [input, ...others] = inputs;
  if (input !== undefined && others.length === 0) return input;
  throw refuse(layer, `it takes ${inputs.length} tensors, where one is expected`);
}

/**
 * A layer's settings.
 * @throws AppError 'model-unreadable' naming the layer and the setting
 */
export function configOf<Schema extends z.ZodType>(
  layer: LayerRecord,
  schema: Schema,
): z.output<Schema> {
  const config = schema.safeParse(layer.config);
  if (config.success) return config.data;
  const setting = config.error.issues[0]?.path.map(String).join('.') ?? '';
  throw tfjsUnreadable(
    `The setting ${setting} of ${describe(layer)} is not one that is understood.`,
    downloadAgain,
  );
}
