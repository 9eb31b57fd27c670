import SwiftUI

@main
struct PocketlensApp: App {
  @StateObject private var model = ScreenModel()
  @Environment(\.scenePhase) private var phase

  var body: some Scene {
    WindowGroup {
      MainScreen(model: model)
    }
    .onChange(of: phase) { phase in
      // Between the two, as when the app switcher shows it, all goes on.
      switch phase {
      case .active: model.start()
      case .background: model.stop()
      default: break
      }
    }
  }
}
