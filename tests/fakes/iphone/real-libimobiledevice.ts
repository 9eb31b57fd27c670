import { libraryCandidates } from '@main/platform/devices/ios/find-libraries';
import { openIosLibrary } from '@main/platform/devices/ios/ios-library';

/** Whether libimobiledevice can be loaded here; tests of it are skipped elsewhere. */
export function hasIosLibrary(): boolean {
  try {
    openIosLibrary(libraryCandidates({ platform: process.platform, environment: process.env }));
    return true;
  } catch {
    return false;
  }
}
