import type { Graph, Operator, OperatorKind, OperatorOptions, Tensor } from './graph';
import { bytesOf, tensorElements } from './tensor-data';

/** Adds tensors and operators to a graph, new or given; what was given is not changed. */
export class GraphBuilder {
  private readonly tensors: Tensor[];
  private readonly operators: Operator[];
  private readonly inputs: number[];

  constructor(private readonly base?: Graph) {
    this.tensors = [...(base?.tensors ?? [])];
    this.operators = [...(base?.operators ?? [])];
    this.inputs = [...(base?.inputs ?? [])];
  }

  /** A float32 input of the graph. */
  input(name: string, shape: number[]): number {
    const index = this.tensor({ name, shape, type: 'float32' });
    this.inputs.push(index);
    return index;
  }

  constant(name: string, shape: number[], values: Float32Array | Int32Array): number {
    if (values.length !== tensorElements(shape)) {
      throw new Error(`${name} has ${values.length} values for the shape [${shape}]`);
    }
    const type = values instanceof Float32Array ? 'float32' : 'int32';
    return this.tensor({ name, shape, type, data: bytesOf(values) });
  }

  /** An operator whose float32 output bears its name. Returns the output's index. */
  operator<Kind extends OperatorKind>(
    kind: Kind,
    name: string,
    inputs: number[],
    outputShape: number[],
    options: OperatorOptions[Kind],
  ): number {
    const output = this.tensor({ name, shape: outputShape, type: 'float32' });
    const operator: Operator<Kind> = { kind, name, inputs, outputs: [output], options };
    // Generic as it is, TypeScript does not see that it is one of the union's members.
    this.operators.push(operator as Operator);
    return output;
  }

  shapeOf(tensor: number): number[] {
    return this.tensors[tensor]?.shape ?? [];
  }

  finish(outputs: number[], description = this.base?.description ?? ''): Graph {
    return {
      description,
      tensors: this.tensors,
      operators: this.operators,
      inputs: this.inputs,
      outputs,
      metadata: new Map(this.base?.metadata),
    };
  }

  private tensor(tensor: Tensor): number {
    return this.tensors.push(tensor) - 1;
  }
}
