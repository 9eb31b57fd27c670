import SwiftUI

/// A list to choose one of.
struct ChoiceList: View {
  let title: String
  let items: [String]
  /// Which one has the check mark; nil for none.
  let chosen: Int?
  let choose: (Int) -> Void
  @Environment(\.dismiss) private var dismiss

  var body: some View {
    NavigationView {
      List(items.indices, id: \.self) { index in
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
      .navigationTitle(title)
      .navigationBarTitleDisplayMode(.inline)
      .toolbar {
        ToolbarItem(placement: .cancellationAction) { Button(Texts.cancel) { dismiss() } }
      }
    }
    .navigationViewStyle(.stack)
  }
}
