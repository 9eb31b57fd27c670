package studio.pocketlens.companion;

import android.app.Activity;
import android.content.res.Configuration;
import android.graphics.Color;
import android.view.Gravity;
import android.view.TextureView;
import android.view.View;
import android.view.ViewGroup;
import android.widget.Button;
import android.widget.FrameLayout;
import android.widget.LinearLayout;
import android.widget.ScrollView;
import android.widget.SeekBar;
import android.widget.TextView;
import java.util.function.IntConsumer;

/**
 * The views of the screen: the camera's picture or a notice, and below it (beside it, where the screen is wider than
 * high) the answers and what can be done.
 */
final class Screen {
  private static final int GROUND = 0xff101614;

  final LinearLayout root;
  final FrameLayout stage;
  final ScrollView panel;
  final TextureView preview;
  final CropFrame crop;
  final AnswerBars bars;
  final TextView facts;
  final TextView status;
  final Button flip;
  final Button models;
  final Button correct;
  final Button collect;
  final Button end;
  final Button licenses;
  final Button allow;
  private final Activity activity;
  private final ScrollView notice;
  private final TextView noticeText;
  private final TextView thresholdText;
  private final SeekBar threshold;

  Screen(Activity activity, int percent) {
    this.activity = activity;
    boolean wide =
        activity.getResources().getConfiguration().orientation
            == Configuration.ORIENTATION_LANDSCAPE;
    root = new LinearLayout(activity);
    root.setOrientation(wide ? LinearLayout.HORIZONTAL : LinearLayout.VERTICAL);
    root.setBackgroundColor(Color.BLACK);
    root.setFitsSystemWindows(true);
    // Nobody touches it while it is pointed at things, or answers the studio.
    root.setKeepScreenOn(true);

    preview = new TextureView(activity);
    crop = new CropFrame(activity);
    noticeText = text(18);
    noticeText.setGravity(Gravity.CENTER);
    allow = button(R.string.allow);
    LinearLayout said = column();
    said.setGravity(Gravity.CENTER);
    said.addView(noticeText);
    said.addView(allow);
    notice = new ScrollView(activity);
    notice.setFillViewport(true);
    notice.setBackgroundColor(GROUND);
    notice.addView(said);
    stage = new FrameLayout(activity);
    for (View view : new View[] {preview, crop, notice}) stage.addView(view, fill());
    root.addView(stage, part(wide, 3));

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
    licenses = new Button(activity, null, android.R.attr.borderlessButtonStyle);
    licenses.setText(R.string.licenses);
    LinearLayout column = column();
    View rowOfCamera = row(flip, models);
    View rowOfPhotos = row(correct, end, collect);
    for (View view :
        new View[] {
          bars, facts, status, thresholdText, threshold, rowOfCamera, rowOfPhotos, licenses
        }) {
      column.addView(view);
    }
    panel = wide ? new ScrollView(activity) : new LowPanel(activity);
    panel.setBackgroundColor(GROUND);
    panel.addView(column);
    root.addView(
        panel,
        wide
            ? part(true, 2)
            : new LinearLayout.LayoutParams(
                ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT));
  }

  /** With large letters what is in it is scrolled, so that the picture keeps its third of the screen. */
  private static final class LowPanel extends ScrollView {
    LowPanel(Activity activity) {
      super(activity);
    }

    @Override
    protected void onMeasure(int widthSpec, int heightSpec) {
      int most = MeasureSpec.getSize(heightSpec) * 2 / 3;
      super.onMeasure(widthSpec, MeasureSpec.makeMeasureSpec(most, MeasureSpec.AT_MOST));
    }
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

  /** Of the screen's width or, held upright, of its height. */
  private static LinearLayout.LayoutParams part(boolean wide, int weight) {
    int all = ViewGroup.LayoutParams.MATCH_PARENT;
    return wide
        ? new LinearLayout.LayoutParams(0, all, weight)
        : new LinearLayout.LayoutParams(all, 0, weight);
  }

  private static FrameLayout.LayoutParams fill() {
    return new FrameLayout.LayoutParams(
        ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.MATCH_PARENT);
  }
}
