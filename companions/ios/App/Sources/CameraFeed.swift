import AVFoundation
import PocketlensCore

/// The live camera: shown by a `CameraPreview`, its frames handed on upright.
final class CameraFeed: NSObject, AVCaptureVideoDataOutputSampleBufferDelegate {
  let session = AVCaptureSession()
  /// Starting and stopping takes its time, and is not done on the main thread.
  private let control = DispatchQueue(label: "camera")
  private let output = AVCaptureVideoDataOutput()
  private let frames: (Photo) -> Void
  private let sized: (CGSize) -> Void
  private let changed: (Bool) -> Void
  /// Of the last frame; used on the worker's queue.
  private var size = CGSize.zero
  private var orientation = AVCaptureVideoOrientation.portrait

  /// - Parameters:
  ///   - worker: the queue of `frames`; a frame is read only while the one before it is done.
  ///   - sized: told on the main queue how large upright frames are.
  ///   - changed: told on the main queue whether the camera gives pictures.
  init(
    worker: DispatchQueue, frames: @escaping (Photo) -> Void, sized: @escaping (CGSize) -> Void,
    changed: @escaping (Bool) -> Void
  ) {
    self.frames = frames
    self.sized = sized
    self.changed = changed
    super.init()
    output.videoSettings = [kCVPixelBufferPixelFormatTypeKey as String: kCVPixelFormatType_32BGRA]
    output.alwaysDiscardsLateVideoFrames = true
    output.setSampleBufferDelegate(self, queue: worker)
    // Models learn from sRGB; the wide colors of newer cameras are other numbers.
    session.automaticallyConfiguresCaptureDeviceForWideColor = false
    let center = NotificationCenter.default
    // By their texts: what Swift calls them differs from one Xcode to the next.
    for (event, action) in [
      ("WasInterrupted", #selector(onStopped)), ("RuntimeError", #selector(onStopped)),
      ("InterruptionEnded", #selector(onResumed)),
    ] {
      let name = Notification.Name("AVCaptureSession\(event)Notification")
      center.addObserver(self, selector: action, name: name, object: session)
    }
  }

  /// A camera that faces so, else any one; nil when there is none.
  static func find(front: Bool) -> AVCaptureDevice? {
    AVCaptureDevice.default(.builtInWideAngleCamera, for: .video, position: front ? .front : .back)
      ?? AVCaptureDevice.default(for: .video)
  }

  /// Starts, or goes over to another camera.
  func start(_ device: AVCaptureDevice) {
    control.async {
      let works = self.use(device)
      if works && !self.session.isRunning { self.session.startRunning() }
      DispatchQueue.main.async { self.changed(works) }
    }
  }

  func stop() {
    control.async {
      if self.session.isRunning { self.session.stopRunning() }
    }
  }

  /// As the screen stands.
  func turn(_ orientation: AVCaptureVideoOrientation) {
    control.async {
      self.orientation = orientation
      self.applyOrientation()
    }
  }

  private func use(_ device: AVCaptureDevice) -> Bool {
    session.beginConfiguration()
    defer { session.commitConfiguration() }
    for input in session.inputs { session.removeInput(input) }
    guard let input = try? AVCaptureDeviceInput(device: device), session.canAddInput(input) else {
      return false
    }
    session.addInput(input)
    // Enough for every model, and quick to convert.
    if session.canSetSessionPreset(.vga640x480) { session.sessionPreset = .vga640x480 }
    if !session.outputs.contains(output) {
      guard session.canAddOutput(output) else { return false }
      session.addOutput(output)
    }
    applyOrientation()
    return true
  }

  /// iOS turns the frames itself; they are not mirrored, also those of the front camera.
  private func applyOrientation() {
    guard let connection = output.connection(with: .video) else { return }
    if connection.isVideoOrientationSupported { connection.videoOrientation = orientation }
    if connection.isVideoMirroringSupported {
      connection.automaticallyAdjustsVideoMirroring = false
      connection.isVideoMirrored = false
    }
  }

  @objc private func onStopped() {
    DispatchQueue.main.async { self.changed(false) }
  }

  @objc private func onResumed() {
    DispatchQueue.main.async { self.changed(true) }
  }

  func captureOutput(
    _ output: AVCaptureOutput, didOutput buffer: CMSampleBuffer, from connection: AVCaptureConnection
  ) {
    guard let pixels = CMSampleBufferGetImageBuffer(buffer) else { return }
    CVPixelBufferLockBaseAddress(pixels, .readOnly)
    let photo = CVPixelBufferGetBaseAddress(pixels).map { bytes in
      BgraFrame.photo(
        width: CVPixelBufferGetWidth(pixels), height: CVPixelBufferGetHeight(pixels), bytes: bytes,
        bytesPerRow: CVPixelBufferGetBytesPerRow(pixels))
    }
    CVPixelBufferUnlockBaseAddress(pixels, .readOnly)
    guard let photo = photo else { return }
    let next = CGSize(width: photo.width, height: photo.height)
    if next != size {
      size = next
      DispatchQueue.main.async { self.sized(next) }
    }
    frames(photo)
  }
}
