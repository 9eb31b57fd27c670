import PocketlensCore
import PocketlensPhotos
import SwiftUI

/// A list to choose one of.
struct ChoiceList: View {
  let title: String
  let items: [String]
  /// Which one has the check mark; nil for none.
  var chosen: Int?
  /// What the choice is about, above the list.
  var photo: Photo?
  /// What the model said of it.
  var said: String?
  let choose: (Int) -> Void
  @Environment(\.dismiss) private var dismiss

  var body: some View {
    NavigationView {
      List {
        if let said = said {
          HStack(spacing: 16) {
            picture
            Text(said)
          }
        }
        ForEach(items.indices, id: \.self) { index in
          Button {
            choose(index)
            dismiss()
          } label: {
            HStack {
              Text(items[index])
              Spacer()
              if index == chosen { Image(systemName: "checkmark") }
            }
          }
        }
      }
      .navigationTitle(title)
      .navigationBarTitleDisplayMode(.inline)
      .toolbar {
        ToolbarItem(placement: .cancellationAction) { Button(Texts.cancel) { dismiss() } }
      }
    }
    .navigationViewStyle(.stack)
  }

  @ViewBuilder
  private var picture: some View {
    if let photo = photo, let jpeg = try? Bitmaps.jpeg(photo), let image = UIImage(data: jpeg) {
      Image(uiImage: image)
        .resizable()
        .scaledToFill()
        .frame(width: 88, height: 88)
        .clipped()
        .accessibilityLabel(Texts.answeredPhoto)
    }
  }
}
