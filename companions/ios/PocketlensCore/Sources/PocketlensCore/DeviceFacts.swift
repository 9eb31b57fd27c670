/// What a phone tells of itself while a model runs.
public struct DeviceFacts {
  /// How warm it is, in the words of iOS: iPhones tell no degrees.
  public enum ThermalState: String, Encodable {
    case nominal, fair, serious, critical
  }

  /// Of the app; nil where it is not known.
  public let memoryBytes: Int?
  public let thermalState: ThermalState?

  public init(memoryBytes: Int?, thermalState: ThermalState?) {
    self.memoryBytes = memoryBytes
    self.thermalState = thermalState
  }
}
