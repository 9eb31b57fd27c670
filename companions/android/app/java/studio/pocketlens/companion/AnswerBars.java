package studio.pocketlens.companion;

import android.content.Context;
import android.graphics.Canvas;
import android.graphics.Paint;
import android.util.TypedValue;
import android.view.View;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import studio.pocketlens.companion.core.TopAnswers;

/** The best answers, each a bar as long as it is probable, with its label and percentage on it. */
final class AnswerBars extends View {
  private static final int ROWS = 3;

  private final Paint bar = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final Paint ground = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final Paint text = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final float density;
  private List<TopAnswers.Top> answers = Collections.emptyList();

  AnswerBars(Context context) {
    super(context);
    density = getResources().getDisplayMetrics().density;
    bar.setColor(0xff1f6f5c);
    ground.setColor(0x33ffffff);
    text.setColor(0xffffffff);
    text.setTextSize(
        TypedValue.applyDimension(
            TypedValue.COMPLEX_UNIT_SP, 16, getResources().getDisplayMetrics()));
  }

  void show(List<TopAnswers.Top> best, String nothing) {
    answers = best;
    StringBuilder said = new StringBuilder();
    for (TopAnswers.Top top : best) said.append(top.label).append(' ').append(percent(top)).append(". ");
    setContentDescription(best.isEmpty() ? nothing : said.toString().trim());
    invalidate();
  }

  @Override
  protected void onMeasure(int widthSpec, int heightSpec) {
    setMeasuredDimension(MeasureSpec.getSize(widthSpec), (int) (ROWS * rowHeight()));
  }

  @Override
  protected void onDraw(Canvas canvas) {
    float gap = 4 * density;
    float baseline = (rowHeight() - gap - text.ascent() - text.descent()) / 2;
    if (answers.isEmpty() && getContentDescription() != null) {
      canvas.drawText(getContentDescription().toString(), 2 * gap, baseline, text);
      return;
    }
    for (int row = 0; row < answers.size(); row++) {
      TopAnswers.Top top = answers.get(row);
      float y = row * rowHeight();
      float bottom = y + rowHeight() - gap;
      canvas.drawRect(0, y, getWidth(), bottom, ground);
      canvas.drawRect(0, y, getWidth() * top.probability, bottom, bar);
      canvas.drawText(top.label, 2 * gap, y + baseline, text);
      String percent = percent(top);
      canvas.drawText(percent, getWidth() - text.measureText(percent) - 2 * gap, y + baseline, text);
    }
  }

  private float rowHeight() {
    return 2.2f * text.getTextSize();
  }

  private static String percent(TopAnswers.Top top) {
    return String.format(Locale.getDefault(), "%.0f %%", 100 * top.probability);
  }
}
