import type { z } from 'zod';

/** One method of the contract: what goes in and what comes out, both checked on the wire. */
export interface MethodDefinition<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  input: Input;
  output: Output;
}

export function method<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): MethodDefinition<Input, Output> {
  return { input, output };
}
