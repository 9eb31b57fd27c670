import type { MethodInput, MethodName, MethodOutput } from '@shared/api/contract';
import { isCancelled } from '@shared/api/errors';
import { useEffect, useState } from 'react';
import { useStudio } from './use-studio';

export interface CallState<Value> {
  value?: Value;
  error?: unknown;
}

/**
 * Calls a method and calls it again whenever the input or `version` changes; an older call is
 * cancelled. The last value stays until the next one is there. No input: nothing is called.
 */
export function useCall<Name extends MethodName>(
  name: Name,
  input: MethodInput<Name> | undefined,
  version?: unknown,
): CallState<MethodOutput<Name>> {
  const { client } = useStudio();
  const [state, setState] = useState<CallState<MethodOutput<Name>> & { asked?: string }>({});
  const asked = input === undefined ? undefined : JSON.stringify([name, input]);

  useEffect(() => {
    if (asked === undefined) return;
    const controller = new AbortController();
    const parsed = JSON.parse(asked) as [Name, MethodInput<Name>];
    client.call(name, parsed[1], { signal: controller.signal }).then(
      (value) => setState({ value, asked }),
      (error: unknown) => {
        if (!isCancelled(error)) setState({ error, asked });
      },
    );
    return () => controller.abort();
  }, [client, name, asked, version]);

  return asked === undefined ? {} : state;
}
