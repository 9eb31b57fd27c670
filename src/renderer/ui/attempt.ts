import { notifyError } from './notify';

/** Runs what a click or key asked for; whatever goes wrong is shown. True when nothing did. */
export async function attempt(run: () => unknown): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    notifyError(error);
    return false;
  }
}
