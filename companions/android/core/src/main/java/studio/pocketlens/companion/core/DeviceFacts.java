package studio.pocketlens.companion.core;

import java.util.Locale;
import org.json.JSONException;
import org.json.JSONObject;

/** What a phone tells of itself while a model runs; each is null where it is not known. */
public final class DeviceFacts {
  /** How warm it is, in the words of the protocol. */
  public enum ThermalState {
    NOMINAL,
    FAIR,
    SERIOUS,
    CRITICAL
  }

  /** Asked while a model is in memory, after its answers. */
  public interface Source {
    DeviceFacts now();
  }

  /** Of the app, the model included. */
  public final Long memoryBytes;
  /** Of the battery, the only one that apps may read. */
  public final Double temperatureCelsius;
  public final ThermalState thermalState;

  public DeviceFacts(Long memoryBytes, Double temperatureCelsius, ThermalState thermalState) {
    this.memoryBytes = memoryBytes;
    this.temperatureCelsius = temperatureCelsius;
    this.thermalState = thermalState;
  }

  void addTo(JSONObject run) throws JSONException {
    if (memoryBytes != null) run.put("memoryBytes", memoryBytes.longValue());
    if (temperatureCelsius != null) run.put("temperatureCelsius", temperatureCelsius.doubleValue());
    if (thermalState != null) {
      run.put("thermalState", thermalState.name().toLowerCase(Locale.ROOT));
    }
  }
}
