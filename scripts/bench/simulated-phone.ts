// A pretended Android phone in a process of its own, as a real one has its own processor: `DISK`. It says
// where adb reaches it, and ends with whoever started it.
import { startAndroidPhone } from '../../tests/fakes/android/android-phone';

const phone = await startAndroidPhone({ folder: process.argv[2] ?? '', serial: 'BENCH' });
process.on('disconnect', () => process.exit(0));
process.send?.(phone.address);
