import AVFoundation
import SwiftUI

/// What the camera sees, all of it, as large as the view lets it be; tells how the screen stands.
struct CameraPreview: UIViewRepresentable {
  let feed: CameraFeed
  /// The camera's picture has to be turned once it comes, too.
  let isLive: Bool

  func makeUIView(context: Context) -> PreviewView {
    let view = PreviewView()
    view.preview?.session = feed.session
    view.preview?.videoGravity = .resizeAspect
    view.turned = feed.turn
    return view
  }

  func updateUIView(_ view: PreviewView, context: Context) {
    view.setNeedsLayout()
  }

  final class PreviewView: UIView {
    var turned: (AVCaptureVideoOrientation) -> Void = { _ in }

    override class var layerClass: AnyClass { AVCaptureVideoPreviewLayer.self }
    var preview: AVCaptureVideoPreviewLayer? { layer as? AVCaptureVideoPreviewLayer }

    /// Also after the device was turned.
    override func layoutSubviews() {
      super.layoutSubviews()
      guard let orientation = orientation else { return }
      if let connection = preview?.connection, connection.isVideoOrientationSupported {
        connection.videoOrientation = orientation
      }
      turned(orientation)
    }

    private var orientation: AVCaptureVideoOrientation? {
      switch window?.windowScene?.interfaceOrientation {
      case .portrait: return .portrait
      case .portraitUpsideDown: return .portraitUpsideDown
      case .landscapeLeft: return .landscapeLeft
      case .landscapeRight: return .landscapeRight
      default: return nil
      }
    }
  }
}
