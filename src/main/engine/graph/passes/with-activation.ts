import type { Activation, Operator } from '../graph';

/** Kinds whose activation other operators can be folded into. */
export type ActivatedKind = 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED' | 'ADD' | 'MUL';

const activatedKinds: Readonly<Record<ActivatedKind, true>> = {
  CONV_2D: true,
  DEPTHWISE_CONV_2D: true,
  FULLY_CONNECTED: true,
  ADD: true,
  MUL: true,
};

export const isActivated = (operator: Operator): operator is Operator<ActivatedKind> =>
  Object.hasOwn(activatedKinds, operator.kind);

/** `operator` with another activation; case by case, so that options keep to their kind. */
export function withActivation(
  operator: Operator<ActivatedKind>,
  activation: Activation,
): Operator<ActivatedKind> {
  switch (operator.kind) {
    case 'CONV_2D':
      return { ...operator, options: { ...operator.options, activation } };
    case 'DEPTHWISE_CONV_2D':
      return { ...operator, options: { ...operator.options, activation } };
    case 'FULLY_CONNECTED':
      return { ...operator, options: { ...operator.options, activation } };
    case 'ADD':
      return { ...operator, options: { ...operator.options, activation } };
    case 'MUL':
      return { ...operator, options: { activation } };
  }
}
