import type { MethodOutput } from '@shared/api/contract';
import { isCancelled } from '@shared/api/errors';
import type { DeviceId } from '@shared/domain/device';
import { useEffect, useState } from 'react';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';

export interface PhonePhotosChoice {
  album?: string | undefined;
  onlyNew: boolean;
}

export interface PhonePhotosState {
  /** Absent while the phone is looked through. */
  list?: MethodOutput<'phonePhotos.list'> | undefined;
  /** Why the phone can't be looked through. */
  error?: unknown;
  lookAgain(): void;
}

/** What is on a phone: it is looked through once, and again when told to. */
export function usePhonePhotos(
  deviceId: DeviceId,
  { album, onlyNew }: PhonePhotosChoice,
  limit: number,
): PhonePhotosState {
  const { client } = useStudio();
  const [look, setLook] = useState(1);
  const [looked, setLooked] = useState<{ look: number; error?: unknown }>();
  // What came in meanwhile is not new any more.
  const total = useStudioStore('dataset', ({ summary }) => summary?.total);

  useEffect(() => {
    const controller = new AbortController();
    const question = { deviceId, anew: true, offset: 0, limit: 1 };
    client.call('phonePhotos.list', question, { signal: controller.signal }).then(
      () => setLooked({ look }),
      (error: unknown) => {
        if (!isCancelled(error)) setLooked({ look, error });
      },
    );
    return () => controller.abort();
  }, [client, deviceId, look]);

  const isLooked = looked?.look === look && looked.error === undefined;
  const { value, error } = useCall(
    'phonePhotos.list',
    isLooked ? { deviceId, album, onlyNew, offset: 0, limit } : undefined,
    `${look} ${total}`,
  );
  return {
    list: isLooked ? value : undefined,
    error: looked?.look === look ? (looked.error ?? error) : undefined,
    lookAgain: () => setLook(look + 1),
  };
}
