import PocketlensCore
import SwiftUI

/// The only screen: the live camera over all of it, a notice in its middle, answers at its foot.
struct MainScreen: View {
  /// Lists that are chosen from.
  private enum Choice: String, Identifiable {
    case models, correction, collection
    var id: String { rawValue }
  }

  @ObservedObject var model: ScreenModel
  @State private var choice: Choice?

  var body: some View {
    ZStack {
      Color.black.ignoresSafeArea()
      if let feed = model.feed {
        // Anew with each feed: a preview keeps the one it was made for.
        CameraPreview(feed: feed, isLive: model.notice == nil)
          .id(ObjectIdentifier(feed))
          .ignoresSafeArea()
      }
      if let notice = model.notice { show(notice) }
      VStack {
        Spacer()
        panel
      }
    }
    .foregroundColor(.white)
    .preferredColorScheme(.dark)
    .sheet(item: $choice, content: list)
    .onAppear(perform: model.start)
  }

  private func show(_ notice: ScreenModel.Notice) -> some View {
    VStack(spacing: 16) {
      switch notice {
      case .text(let text):
        Text(text)
      case .permission:
        Text(Texts.noPermission)
        Button(Texts.allow, action: model.allowCamera).buttonStyle(.borderedProminent)
      }
    }
    .multilineTextAlignment(.center)
    .padding(24)
    .frame(maxWidth: .infinity, maxHeight: .infinity)
    .background(Color.black.ignoresSafeArea())
  }

  private var panel: some View {
    VStack(alignment: .leading, spacing: 8) {
      if model.state.running != nil { AnswerBars(best: model.best) }
      ForEach([model.facts, model.status].filter { !$0.isEmpty }, id: \.self) { line in
        Text(line).font(.footnote)
      }
      Text(Texts.threshold(Int(model.percent))).font(.footnote)
      Slider(value: $model.percent, in: 0...100, step: 1)
        .accessibilityLabel(Texts.threshold(Int(model.percent)))
      buttons
    }
    .padding(12)
    .background(Color(white: 0.07).opacity(0.8).ignoresSafeArea())
  }

  private var buttons: some View {
    VStack(spacing: 8) {
      HStack {
        button(model.front ? Texts.rear : Texts.front, action: model.flip)
        button(Texts.models) { choice = .models }
          .disabled(model.state.models.count < 2)
        button(Texts.correct) { choice = .correction }
          .disabled(model.state.running == nil)
        button(model.collecting.map(Texts.shoot) ?? Texts.collect, action: collectOrShoot)
          .disabled(model.state.running == nil)
      }
      if model.collecting != nil {
        button(Texts.shootEnd) { model.collect(nil) }
      }
    }
  }

  private func button(_ title: String, action: @escaping () -> Void) -> some View {
    Button(action: action) {
      Text(title).lineLimit(1).minimumScaleFactor(0.6).frame(maxWidth: .infinity)
    }
    .buttonStyle(.bordered)
  }

  private func collectOrShoot() {
    if let label = model.collecting {
      model.keep(label, asCorrection: false)
    } else {
      choice = .collection
    }
  }

  /// Each list and what it chooses from are of one moment: a push may come in between.
  @ViewBuilder
  private func list(_ choice: Choice) -> some View {
    let state = model.state
    switch choice {
    case .models:
      ChoiceList(
        title: Texts.models, items: state.models.map { ScreenModel.name(of: $0) },
        chosen: state.models.firstIndex { $0 == state.running }
      ) { model.switchTo(state.models[$0]) }
    case .correction:
      ChoiceList(title: Texts.whichLabel, items: state.labels, chosen: nil) {
        model.keep(state.labels[$0], asCorrection: true)
      }
    case .collection:
      ChoiceList(title: Texts.whichLabel, items: state.labels, chosen: nil) {
        model.collect(state.labels[$0])
      }
    }
  }
}
