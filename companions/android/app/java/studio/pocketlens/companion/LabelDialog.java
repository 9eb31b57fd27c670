package studio.pocketlens.companion;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Context;
import android.graphics.Bitmap;
import android.view.Gravity;
import android.view.View;
import android.widget.ImageView;
import android.widget.LinearLayout;
import android.widget.TextView;
import java.util.List;
import java.util.function.Consumer;
import studio.pocketlens.companion.core.Photo;

/** Lists of labels to choose one of. */
final class LabelDialog {
  private LabelDialog() {}

  /** What is collected from now on. */
  static void show(Activity activity, List<String> labels, Consumer<String> chosen) {
    list(new AlertDialog.Builder(activity).setTitle(R.string.which_label), labels, chosen);
  }

  /** What a picture shows, which stands above the list with what the model said to it. */
  static void show(
      Activity activity, Companion.Moment moment, List<String> labels, Consumer<String> chosen) {
    AlertDialog.Builder builder = new AlertDialog.Builder(activity);
    list(builder.setCustomTitle(title(builder.getContext(), moment)), labels, chosen);
  }

  private static void list(
      AlertDialog.Builder builder, List<String> labels, Consumer<String> chosen) {
    builder
        .setItems(
            labels.toArray(new String[0]), (dialog, index) -> chosen.accept(labels.get(index)))
        .show();
  }

  private static View title(Context context, Companion.Moment moment) {
    float density = context.getResources().getDisplayMetrics().density;
    int space = (int) (16 * density);
    int side = (int) (88 * density);
    ImageView picture = new ImageView(context);
    picture.setImageBitmap(bitmap(moment.frame));
    picture.setScaleType(ImageView.ScaleType.CENTER_CROP);
    picture.setContentDescription(context.getString(R.string.corrected_photo));
    TextView text = new TextView(context);
    text.setTextAppearance(android.R.style.TextAppearance_Material_Medium);
    text.setText(
        context.getString(
            R.string.which_label_instead,
            moment.answered.label,
            100 * moment.answered.probability));
    text.setPadding(space, 0, 0, 0);
    LinearLayout row = new LinearLayout(context);
    row.setGravity(Gravity.CENTER_VERTICAL);
    row.setPadding(space, space, space, 0);
    row.addView(picture, new LinearLayout.LayoutParams(side, side));
    row.addView(
        text, new LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.WRAP_CONTENT, 1));
    return row;
  }

  private static Bitmap bitmap(Photo photo) {
    return Bitmap.createBitmap(photo.argb, photo.width, photo.height, Bitmap.Config.ARGB_8888);
  }
}
