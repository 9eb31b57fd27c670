import PocketlensCore
import SwiftUI

/// The best answers, each a bar as long as it is probable, with its label and percentage on it.
struct AnswerBars: View {
  private static let rows = 3
  private static let bar = Color(red: 0x1f / 255, green: 0x6f / 255, blue: 0x5c / 255)

  let best: [TopAnswers.Top]

  var body: some View {
    VStack(spacing: 4) {
      ForEach(0..<AnswerBars.rows, id: \.self) { row in
        if row < best.count {
          answer(best[row])
        } else {
          // Keeps the rows below where they are.
          text(row == 0 ? Texts.unsure : " ", "")
        }
      }
    }
  }

  private func answer(_ top: TopAnswers.Top) -> some View {
    text(top.label, Texts.percent(top.probability))
      .background(
        GeometryReader { row in
          ZStack(alignment: .leading) {
            Color.white.opacity(0.2)
            AnswerBars.bar.frame(width: row.size.width * CGFloat(top.probability))
          }
        }
      )
      .accessibilityElement(children: .combine)
  }

  private func text(_ label: String, _ percent: String) -> some View {
    HStack {
      Text(label).lineLimit(1)
      Spacer()
      Text(percent)
    }
    .padding(.horizontal, 8)
    .padding(.vertical, 6)
  }
}
