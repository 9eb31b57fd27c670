import PocketlensCore
import SwiftUI

/// The only screen: the camera's picture or a notice, and below it (beside it, where the screen is wider than
/// high) the answers and what can be done.
struct MainScreen: View {
  @ObservedObject var model: ScreenModel

  var body: some View {
    GeometryReader { screen in
      if screen.size.width > screen.size.height {
        HStack(spacing: 0) {
          stage
          ScrollView { panel }.frame(width: screen.size.width * 0.4)
        }
      } else {
        VStack(spacing: 0) {
          stage
          panel
        }
      }
    }
    .background(Color(white: 0.07).ignoresSafeArea())
    .foregroundColor(.white)
    .preferredColorScheme(.dark)
    .sheet(item: $model.choice, content: list)
    .onAppear(perform: model.start)
  }

  private var stage: some View {
    ZStack {
      Color.black
      if let feed = model.feed {
        // Anew with each feed: a preview keeps the one it was made for.
        CameraPreview(feed: feed, isLive: model.notice == nil)
          .id(ObjectIdentifier(feed))
        CropFrame(picture: model.picture, fraction: model.state.cropFraction)
      }
      if let notice = model.notice { show(notice) }
    }
    .frame(maxWidth: .infinity, maxHeight: .infinity)
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
    .background(Color.black)
  }

  private var panel: some View {
    VStack(alignment: .leading, spacing: 8) {
      if model.state.running != nil {
        // Whoever sees a wrong answer taps it.
        AnswerBars(best: model.best)
          .contentShape(Rectangle())
          .onTapGesture(perform: model.askForCorrection)
      }
      if !model.facts.isEmpty { Text(model.facts).font(.footnote) }
      if !model.status.isEmpty {
        Text(model.status).font(.footnote).foregroundColor(model.isWell ? .white : .red)
      }
      Text(Texts.threshold(Int(model.percent))).font(.footnote)
      Slider(value: $model.percent, in: 0...100, step: 1)
        .accessibilityLabel(Texts.threshold(Int(model.percent)))
      buttons
    }
    .padding(12)
  }

  private var buttons: some View {
    VStack(spacing: 8) {
      HStack {
        button(model.front ? Texts.rear : Texts.front, action: model.flip)
        button(Texts.models) { model.choice = .models }
          .disabled(model.state.models.count < 2)
      }
      HStack {
        if model.collecting == nil {
          button(Texts.correct, action: model.askForCorrection)
            .disabled(model.state.running == nil)
        } else {
          button(Texts.shootEnd) { model.collect(nil) }
        }
        button(model.collecting.map(Texts.shoot) ?? Texts.collect, action: model.shoot)
          .disabled(model.state.running == nil)
      }
    }
  }

  private func button(_ title: String, action: @escaping () -> Void) -> some View {
    Button(action: action) {
      Text(title).lineLimit(1).minimumScaleFactor(0.6).frame(maxWidth: .infinity)
    }
    .buttonStyle(.bordered)
  }

  @ViewBuilder
  private func list(_ choice: ScreenModel.Choice) -> some View {
    let state = model.state
    switch choice {
    case .models:
      ChoiceList(
        title: Texts.models, items: state.models.map { ScreenModel.name(of: $0) },
        chosen: state.models.firstIndex { $0 == state.running }
      ) { model.switchTo(state.models[$0]) }
    case .correction(let moment):
      ChoiceList(
        title: Texts.whichLabel, items: state.labels, photo: moment.frame,
        said: moment.answered.map { Texts.said($0.label, $0.probability) }
      ) { model.correct(moment, state.labels[$0]) }
    case .collection:
      ChoiceList(title: Texts.whichLabel, items: state.labels) { model.collect(state.labels[$0]) }
    }
  }
}
