package studio.pocketlens.companion;

import android.app.Activity;
import android.graphics.Color;
import android.view.Gravity;
import android.view.TextureView;
import android.view.View;
import android.view.ViewGroup;
import android.widget.Button;
import android.widget.FrameLayout;
import android.widget.LinearLayout;
import android.widget.SeekBar;
import android.widget.TextView;
import java.util.function.IntConsumer;

/** The views of the screen: the camera over all of it, a notice in its middle, answers at its foot. */
final class Screen {
  private static final int PANEL = 0xcc101614;

  final FrameLayout root;
  final TextureView preview;
  final AnswerBars bars;
  final TextView facts;
  final TextView status;
  final Button flip;
  final Button models;
  final Button correct;
  final Button collect;
  final Button end;
  final Button allow;
  private final Activity activity;
  private final LinearLayout notice;
  private final TextView noticeText;
  private final TextView thresholdText;
  private final SeekBar threshold;

  Screen(Activity activity, int percent) {
    this.activity = activity;
    root = new FrameLayout(activity);
    root.setBackgroundColor(Color.BLACK);
    root.setFitsSystemWindows(true);
    preview = new TextureView(activity);
    root.addView(preview, fill());

    noticeText = text(18);
    noticeText.setGravity(Gravity.CENTER);
    allow = button(R.string.allow);
    notice = column();
    notice.setGravity(Gravity.CENTER);
    notice.setBackgroundColor(0xff101614);
    notice.addView(noticeText);
    notice.addView(allow);
    root.addView(notice, fill());

    bars = new AnswerBars(activity);
    facts = text(13);
    status = text(13);
    thresholdText = text(13);
    threshold = new SeekBar(activity);
    threshold.setMax(100);
    threshold.setProgress(percent);
    nameThreshold(percent);
    flip = button(R.string.front);
    models = button(R.string.models);
    correct = button(R.string.correct);
    collect = button(R.string.collect);
    end = button(R.string.shoot_end);
    LinearLayout buttons = row(flip, models, correct, collect);
    LinearLayout panel = column();
    panel.setBackgroundColor(PANEL);
    for (View view : new View[] {bars, facts, status, thresholdText, threshold, buttons, end}) {
      panel.addView(view);
    }
    root.addView(
        panel,
        new FrameLayout.LayoutParams(
            ViewGroup.LayoutParams.MATCH_PARENT,
            ViewGroup.LayoutParams.WRAP_CONTENT,
            Gravity.BOTTOM));
  }

  void showLive() {
    notice.setVisibility(View.GONE);
  }

  /** @param withAllow with the button that asks for the camera. */
  void showNotice(String text, boolean withAllow) {
    noticeText.setText(text);
    allow.setVisibility(withAllow ? View.VISIBLE : View.GONE);
    notice.setVisibility(View.VISIBLE);
  }

  /** null when the live view is shown. */
  String notice() {
    return notice.getVisibility() == View.VISIBLE ? noticeText.getText().toString() : null;
  }

  void onThreshold(IntConsumer changed) {
    threshold.setOnSeekBarChangeListener(
        new SeekBar.OnSeekBarChangeListener() {
          @Override
          public void onProgressChanged(SeekBar bar, int percent, boolean byPerson) {
            nameThreshold(percent);
            changed.accept(percent);
          }

          @Override
          public void onStartTrackingTouch(SeekBar bar) {}

          @Override
          public void onStopTrackingTouch(SeekBar bar) {}
        });
  }

  private void nameThreshold(int percent) {
    String text = activity.getString(R.string.threshold, percent);
    thresholdText.setText(text);
    threshold.setContentDescription(text);
  }

  private LinearLayout row(View... views) {
    LinearLayout row = new LinearLayout(activity);
    for (View view : views) {
      row.addView(view, new LinearLayout.LayoutParams(0, ViewGroup.LayoutParams.WRAP_CONTENT, 1));
    }
    return row;
  }

  private LinearLayout column() {
    LinearLayout column = new LinearLayout(activity);
    column.setOrientation(LinearLayout.VERTICAL);
    int space = (int) (12 * activity.getResources().getDisplayMetrics().density);
    column.setPadding(space, space, space, space);
    return column;
  }

  private TextView text(int size) {
    TextView view = new TextView(activity);
    view.setTextColor(Color.WHITE);
    view.setTextSize(size);
    return view;
  }

  private Button button(int text) {
    Button button = new Button(activity);
    button.setText(text);
    button.setMaxLines(1);
    return button;
  }

  private static FrameLayout.LayoutParams fill() {
    return new FrameLayout.LayoutParams(
        ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.MATCH_PARENT);
  }
}
