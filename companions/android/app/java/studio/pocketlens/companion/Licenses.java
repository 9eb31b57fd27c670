package studio.pocketlens.companion;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.res.AssetManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The licenses of all that is in the app, to be read on the phone. */
final class Licenses {
  private static final String FOLDER = "licenses";

  private Licenses() {}

  static void show(Activity activity) {
    String text;
    try {
      text = text(activity.getAssets());
    } catch (IOException damaged) {
      text = activity.getString(R.string.licenses_unreadable);
    }
    new AlertDialog.Builder(activity)
        .setTitle(R.string.licenses)
        .setMessage(text)
        .setPositiveButton(R.string.close, null)
        .show();
  }

  private static String text(AssetManager assets) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : assets.list(FOLDER)) {
      try (InputStream input = assets.open(FOLDER + "/" + name)) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 14];
        for (int read = input.read(part); read >= 0; read = input.read(part)) {
          bytes.write(part, 0, read);
        }
        all.append(name.replace(".txt", "")).append("\n\n").append(bytes.toString("UTF-8")).append("\n\n");
      }
    }
    return all.toString().trim();
  }
}
