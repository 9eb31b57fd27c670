import type { MethodInput } from '@shared/api/contract';
import type { Studio } from '../../stores/create-studio';

/**
 * Exports into a folder that is asked for, or, where a host has no dialog, as a download.
 * @returns whether it was started: a dialog can be dismissed.
 */
export async function startExport(
  { host, client, stores }: Studio,
  choice: MethodInput<'datasetExport.start'>,
): Promise<boolean> {
  const place = await host.choosePlace?.('export');
  if (host.choosePlace && !place) return false;
  await client.call('datasetExport.start', {
    ...choice,
    ...(place ? { placeId: place.placeId } : {}),
  });
  stores.view.getState().set({ trayOpen: true });
  return true;
}
