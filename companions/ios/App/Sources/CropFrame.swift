import SwiftUI

/// Marks the square of the camera's picture that the model is shown.
struct CropFrame: View {
  /// As it stands on the screen, in any unit.
  let picture: CGSize
  /// Side of the square, as a share of the picture's short side.
  let fraction: Double

  var body: some View {
    GeometryReader { view in
      if picture.width > 0 && picture.height > 0 {
        RoundedRectangle(cornerRadius: 12)
          .stroke(Color.white.opacity(0.7), lineWidth: 2)
          .frame(width: side(in: view.size), height: side(in: view.size))
          .position(x: view.size.width / 2, y: view.size.height / 2)
      }
    }
    .accessibilityHidden(true)
  }

  private func side(in view: CGSize) -> CGFloat {
    let scale = min(view.width / picture.width, view.height / picture.height)
    return CGFloat(fraction) * min(picture.width, picture.height) * scale
  }
}
