package studio.pocketlens.companion;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.robolectric.Shadows.shadowOf;

import android.content.Context;
import android.content.Intent;
import android.os.BatteryManager;
import android.os.Build;
import android.os.PowerManager;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import studio.pocketlens.companion.core.DeviceFacts.ThermalState;

/** What Android 7 and 14 tell of memory and warmth. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {24, 34})
public class DeviceTest {
  private final Context context = RuntimeEnvironment.getApplication();
  private final Device device = new Device(context);

  @SuppressWarnings("deprecation") // Androids send it, and nobody else may.
  private void tellBattery(Intent battery) {
    context.sendStickyBroadcast(battery.setAction(Intent.ACTION_BATTERY_CHANGED));
  }

  @Test
  public void degreesAreThoseOfTheBattery() {
    tellBattery(new Intent().putExtra(BatteryManager.EXTRA_TEMPERATURE, 337));
    assertEquals(33.7, device.facts().temperatureCelsius, 1e-9);
  }

  @Test
  public void aBatteryWithoutDegreesHasNone() {
    assertNull(device.facts().temperatureCelsius);
    tellBattery(new Intent());
    assertNull(device.facts().temperatureCelsius);
  }

  @Test
  public void warmthIsToldSinceAndroid10() {
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.Q) {
      assertNull(device.facts().thermalState);
      return;
    }
    PowerManager power = (PowerManager) context.getSystemService(Context.POWER_SERVICE);
    shadowOf(power).setCurrentThermalStatus(PowerManager.THERMAL_STATUS_SEVERE);
    assertEquals(ThermalState.SERIOUS, device.facts().thermalState);
  }

  @Test
  public void sevenStepsOfAndroidAreFourOfTheProtocol() {
    ThermalState[] states = {
      ThermalState.NOMINAL,
      ThermalState.FAIR,
      ThermalState.FAIR,
      ThermalState.SERIOUS,
      ThermalState.CRITICAL,
      ThermalState.CRITICAL,
      ThermalState.CRITICAL,
    };
    for (int status = 0; status < states.length; status++) {
      assertEquals(states[status], Device.thermalState(status));
    }
  }

  @Test
  public void memoryThatIsNotToldIsNotMadeUp() {
    // Robolectric's Debug knows none.
    assertNull(device.facts().memoryBytes);
  }
}
