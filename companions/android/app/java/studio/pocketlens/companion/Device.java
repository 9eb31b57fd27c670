package studio.pocketlens.companion;

import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.os.BatteryManager;
import android.os.Build;
import android.os.Debug;
import android.os.PowerManager;
import studio.pocketlens.companion.core.DeviceFacts;

/** What this phone tells of itself. */
final class Device {
  private final Context context;

  Device(Context context) {
    this.context = context;
  }

  DeviceFacts facts() {
    return new DeviceFacts(memoryBytes(), batteryCelsius(), thermalState());
  }

  /** Of the app, with its share of what apps have in common; null when Android does not say. */
  private static Long memoryBytes() {
    // What ActivityManager tells is some minutes old since Android 10.
    long kilobytes = Debug.getPss();
    return kilobytes > 0 ? 1024 * kilobytes : null;
  }

  private Double batteryCelsius() {
    // Nobody is registered: Android hands out what it told last.
    Intent battery =
        context.registerReceiver(null, new IntentFilter(Intent.ACTION_BATTERY_CHANGED));
    if (battery == null || !battery.hasExtra(BatteryManager.EXTRA_TEMPERATURE)) return null;
    return battery.getIntExtra(BatteryManager.EXTRA_TEMPERATURE, 0) / 10.0;
  }

  /** null before Android 10, which has no word for it. */
  private DeviceFacts.ThermalState thermalState() {
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.Q) return null;
    PowerManager power = (PowerManager) context.getSystemService(Context.POWER_SERVICE);
    return power == null ? null : thermalState(power.getCurrentThermalStatus());
  }

  /** Seven steps of Android as the four of the protocol: serious is what people notice. */
  static DeviceFacts.ThermalState thermalState(int status) {
    if (status <= PowerManager.THERMAL_STATUS_NONE) return DeviceFacts.ThermalState.NOMINAL;
    if (status <= PowerManager.THERMAL_STATUS_MODERATE) return DeviceFacts.ThermalState.FAIR;
    if (status <= PowerManager.THERMAL_STATUS_SEVERE) return DeviceFacts.ThermalState.SERIOUS;
    return DeviceFacts.ThermalState.CRITICAL;
  }
}
