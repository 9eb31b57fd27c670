package studio.pocketlens.companion;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.content.pm.PackageParser;
import android.util.apk.ApkSignatureSchemeV3Verifier;
import java.io.File;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/** The finished file, by Android's own code. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34)
public class FinishedFileTest {
  @Test
  public void androidsOwnParserAndVerifierTakeTheFinishedFile() throws Exception {
    String apk = System.getProperty("apk");
    PackageParser.Package parsed = new PackageParser().parsePackage(new File(apk), 0);
    assertEquals("studio.pocketlens.companion", parsed.packageName);
    assertEquals(34, parsed.applicationInfo.targetSdkVersion);
    // Android adds one of its own, which shows the app's details.
    boolean isExported = false;
    for (PackageParser.Activity activity : parsed.activities) {
      boolean isMain = activity.info.name.equals("studio.pocketlens.companion.MainActivity");
      isExported |= isMain && activity.info.exported;
    }
    assertTrue(isExported);
    assertTrue(parsed.requestedPermissions.contains(Manifest.permission.CAMERA));
    // Of the content's digests, which need memory that Java's own modules lock away, apksigner takes care.
    assertEquals(
        1, ApkSignatureSchemeV3Verifier.unsafeGetCertsWithoutVerification(apk).certs.length);
  }
}
