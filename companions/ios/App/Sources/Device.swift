import Darwin
import Foundation
import PocketlensCore

/// What this phone tells of itself.
enum Device {
  static func facts() -> DeviceFacts {
    DeviceFacts(memoryBytes: memoryBytes(), thermalState: thermalState())
  }

  /// Of the app, as iOS counts it when it decides which app to end; nil when it does not say.
  private static func memoryBytes() -> Int? {
    var info = task_vm_info_data_t()
    let words = MemoryLayout<task_vm_info_data_t>.size / MemoryLayout<natural_t>.size
    var count = mach_msg_type_number_t(words)
    let result = withUnsafeMutablePointer(to: &info) { info in
      info.withMemoryRebound(to: integer_t.self, capacity: words) {
        task_info(mach_task_self_, task_flavor_t(TASK_VM_INFO), $0, &count)
      }
    }
    return result == KERN_SUCCESS ? Int(info.phys_footprint) : nil
  }

  private static func thermalState() -> DeviceFacts.ThermalState? {
    switch ProcessInfo.processInfo.thermalState {
    case .nominal: return .nominal
    case .fair: return .fair
    case .serious: return .serious
    case .critical: return .critical
    @unknown default: return nil
    }
  }
}
