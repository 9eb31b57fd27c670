package studio.pocketlens.companion.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Date;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A folder that a studio pushed into: followed, refused, answered. */
public class PushedFolderTest {
  private static final Date AT = new Date(1767225600000L);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final FakeEngine engine = new FakeEngine();
  private File folder;
  private File own;
  private ModelStore store;
  private String first;
  private String second;

  @Before
  public void push() throws IOException {
    folder = temporary.newFolder("models");
    own = temporary.newFolder("own");
    copy(Vectors.PUSHED, folder);
    store = new ModelStore(folder, own, engine);
    JSONArray models = manifest().getJSONArray("models");
    first = models.getJSONObject(0).getString("sha256");
    second = models.getJSONObject(1).getString("sha256");
  }

  private static void copy(File from, File to) throws IOException {
    for (File file : from.listFiles()) {
      if (file.isDirectory()) copy(file, new File(to, file.getName()));
      else Files.write(new File(to, file.getName()), Files.bytes(file));
    }
  }

  private JSONObject manifest() throws IOException {
    return new JSONObject(Files.text(new File(folder, "manifest.json")));
  }

  private void activate(String sha256) throws IOException {
    Files.write(new File(folder, "manifest.json"), manifest().put("active", sha256).toString());
  }

  private String running() {
    return store.running() == null ? null : store.running().contract.sha256;
  }

  @Test
  public void nothingPushedYet() throws IOException {
    ModelStore fresh = new ModelStore(temporary.newFolder(), own, engine);
    assertEquals(ModelStore.Outcome.EMPTY, fresh.refresh());
    assertNull(fresh.problem());
  }

  @Test
  public void swapsWhileItRunsTheNewOneLoadedBeforeTheOldOneIsLetGo() throws IOException {
    assertEquals(ModelStore.Outcome.SWAPPED, store.refresh());
    assertEquals(ModelStore.Outcome.UNCHANGED, store.refresh());
    activate(second);
    assertEquals(ModelStore.Outcome.SWAPPED, store.refresh());
    assertEquals(second, running());
    assertEquals(
        Arrays.asList(
            "open " + first.substring(0, 4),
            "open " + second.substring(0, 4),
            "close " + first.substring(0, 4)),
        engine.log);
  }

  @Test
  public void switchesBetweenTheModelsOfAPush() {
    store.refresh();
    assertTrue(store.switchTo(second));
    assertEquals(second, running());
    assertFalse(store.switchTo("0".repeat(64)));
    assertEquals(second, running());
  }

  private void restart() {
    store.close();
    store = new ModelStore(folder, own, engine);
  }

  @Test
  public void aModelThatWasSwitchedToStaysUntilTheNextPush() throws IOException {
    store.refresh();
    store.switchTo(second);
    restart();
    assertEquals(ModelStore.Outcome.SWAPPED, store.refresh());
    assertEquals(second, running());
    Files.write(new File(folder, "manifest.json"), manifest().put("createdAt", "2026-02-02T00:00:00.000Z").toString());
    assertEquals(ModelStore.Outcome.SWAPPED, store.refresh());
    assertEquals(first, running());
    restart();
    store.refresh();
    assertEquals(first, running());
  }

  @Test
  public void theStudiosModelRunsWhereTheOneThatWasSwitchedToIsGone() throws IOException {
    store.refresh();
    store.switchTo(second);
    assertTrue(new File(folder, second + ".tflite").delete());
    restart();
    assertEquals(ModelStore.Outcome.SWAPPED, store.refresh());
    assertEquals(first, running());
    assertNull(store.problem());
  }

  private void refusesAndKeepsTheFirst(String why) throws IOException {
    assertEquals(ModelStore.Outcome.REFUSED, store.refresh());
    assertEquals(first, running());
    assertTrue(store.problem(), store.problem().contains(why));
    // And says so only once.
    assertEquals(ModelStore.Outcome.UNCHANGED, store.refresh());
    // An app that is started anew finds its way back, too.
    restart();
    assertEquals(ModelStore.Outcome.REFUSED, store.refresh());
    assertEquals(first, running());
    assertTrue(store.problem(), store.problem().contains(why));
  }

  @Test
  public void refusesAModelWithAnotherHash() throws IOException {
    store.refresh();
    Files.write(new File(folder, second + ".tflite"), "something else");
    activate(second);
    refusesAndKeepsTheFirst("another hash");
  }

  @Test
  public void refusesTheContractOfAnotherModel() throws IOException {
    store.refresh();
    Files.write(new File(folder, second + ".json"), Files.bytes(new File(folder, first + ".json")));
    activate(second);
    refusesAndKeepsTheFirst("that of another model");
  }

  @Test
  public void refusesAContractThatDoesNotFitTheFile() throws IOException {
    store.refresh();
    File contract = new File(folder, second + ".json");
    JSONObject changed = new JSONObject(Files.text(contract));
    changed.getJSONObject("preprocessing").put("width", 16);
    Files.write(contract, changed.toString());
    activate(second);
    refusesAndKeepsTheFirst("bytes");
    assertEquals("close " + second.substring(0, 4), engine.log.get(2));
  }

  @Test
  public void refusesWhatANewerStudioWrote() throws IOException {
    store.refresh();
    JSONObject newer = manifest().put("protocol", new JSONObject().put("major", 2).put("minor", 0));
    Files.write(new File(folder, "manifest.json"), newer.toString());
    refusesAndKeepsTheFirst("Update the app");
  }

  @Test
  public void refusesAModelThatIsNotThere() throws IOException {
    store.refresh();
    assertTrue(new File(folder, second + ".tflite").delete());
    activate(second);
    refusesAndKeepsTheFirst("is not there");
  }

  private Examiner examiner() {
    return examiner(new DeviceFacts(5_000_000L, 33.5, DeviceFacts.ThermalState.FAIR));
  }

  private Examiner examiner(DeviceFacts facts) {
    return new Examiner(folder, store, engine, Vectors::decode, () -> facts);
  }

  @Test
  public void answersRequestsOnceWithEachModel() throws IOException {
    store.refresh();
    assertEquals("vectors", examiner().answerNext(AT));
    assertNull(examiner().answerNext(AT));
    JSONObject result = new JSONObject(Files.text(new File(folder, "results/vectors.json")));
    assertEquals("vectors", result.getString("id"));
    assertEquals("2026-01-01T00:00:00.000Z", result.getString("at"));
    assertEquals(1, result.getJSONObject("protocol").getInt("major"));
    JSONArray runs = result.getJSONArray("runs");
    assertEquals(2, runs.length());
    for (int i = 0; i < 2; i++) {
      JSONObject run = runs.getJSONObject(i);
      assertEquals(i == 0 ? first : second, run.getString("model"));
      assertEquals("Fake 1.0", run.getString("runtime"));
      assertEquals(5_000_000, run.getInt("memoryBytes"));
      assertEquals(33.5, run.getDouble("temperatureCelsius"), 0);
      assertEquals("fair", run.getString("thermalState"));
      JSONArray answers = run.getJSONArray("answers");
      assertEquals(7, answers.length());
      for (int photo = 0; photo < 7; photo++) {
        double[] answer = Vectors.doubles(answers.getJSONObject(photo).getJSONArray("probabilities"));
        assertEquals(4, answer.length);
        for (double one : answer) assertTrue(one >= 0 && one <= 1);
      }
    }
    // What ran goes on running.
    assertEquals(first, running());
  }

  @Test
  public void saysNothingOfItselfThatThePhoneDoesNotTell() throws IOException {
    store.refresh();
    examiner(new DeviceFacts(null, null, null)).answerNext(AT);
    JSONObject result = new JSONObject(Files.text(new File(folder, "results/vectors.json")));
    JSONObject run = result.getJSONArray("runs").getJSONObject(0);
    assertEquals(7, run.getJSONArray("answers").length());
    for (String fact : new String[] {"memoryBytes", "temperatureCelsius", "thermalState"}) {
      assertFalse(fact, run.has(fact));
    }
  }

  @Test
  public void tellsOfPhotosAndModelsThatCantBeUsed() throws IOException {
    store.refresh();
    JSONObject request = new JSONObject(Files.text(new File(folder, "requests/vectors.json")));
    JSONArray photos = request.getJSONArray("photos");
    Files.write(new File(folder, photos.getJSONObject(0).getString("file")), "changed");
    byte[] noPhoto = "no photo".getBytes("UTF-8");
    Files.write(new File(folder, "golden/no.jpg"), noPhoto);
    photos.put(1, new JSONObject().put("file", "golden/no.jpg").put("sha256", Files.sha256(noPhoto)));
    photos.put(2, new JSONObject().put("file", "golden/gone.jpg").put("sha256", "0".repeat(64)));
    request.getJSONArray("models").put("1".repeat(64));
    Files.write(new File(folder, "requests/vectors.json"), request.toString());
    examiner().answerNext(AT);
    JSONArray runs =
        new JSONObject(Files.text(new File(folder, "results/vectors.json"))).getJSONArray("runs");
    JSONArray answers = runs.getJSONObject(0).getJSONArray("answers");
    String[] problems = {"another hash", "no photo", "not there"};
    for (int i = 0; i < problems.length; i++) {
      JSONObject answer = answers.getJSONObject(i);
      assertTrue(answer.getString("problem").contains(problems[i]));
      assertFalse(answer.has("probabilities"));
    }
    assertTrue(answers.getJSONObject(3).has("probabilities"));
    JSONObject unknown = runs.getJSONObject(2);
    assertEquals("1".repeat(64), unknown.getString("model"));
    assertTrue(unknown.getString("problem").contains("is not there"));
    assertEquals(0, unknown.getJSONArray("answers").length());
  }

  @Test
  public void answersWithModelsThatTheManifestDoesNotList() throws IOException {
    store.refresh();
    JSONObject manifest = manifest();
    manifest.put("models", new JSONArray().put(manifest.getJSONArray("models").get(0)));
    Files.write(new File(folder, "manifest.json"), manifest.toString());
    assertEquals(ModelStore.Outcome.SWAPPED, store.refresh());
    assertEquals("vectors", examiner().answerNext(AT));
    JSONObject result = new JSONObject(Files.text(new File(folder, "results/vectors.json")));
    JSONObject run = result.getJSONArray("runs").getJSONObject(1);
    assertEquals(second, run.getString("model"));
    assertFalse(run.has("problem"));
    assertEquals(7, run.getJSONArray("answers").length());
    assertEquals(first, running());
    // But what runs is only what the manifest lists.
    assertFalse(store.switchTo(second));
  }

  @Test
  public void answersOtherRequestsToo() throws IOException {
    store.refresh();
    JSONObject request = new JSONObject(Files.text(new File(folder, "requests/vectors.json")));
    Files.write(new File(folder, "requests/a-broken-one.json"), "{");
    Files.write(new File(folder, "requests/evaluation.json"), request.put("id", "evaluation").toString());
    assertEquals("vectors", examiner().answerNext(AT));
    assertEquals("evaluation", examiner().answerNext(AT));
    assertNull(examiner().answerNext(AT));
  }

  private void expectAnswers(double certainty) throws IOException {
    File file = new File(folder, "golden/" + first + ".json");
    JSONObject golden = new JSONObject(Files.text(file));
    JSONArray photos = golden.getJSONArray("photos");
    for (int i = 0; i < photos.length(); i++) {
      JSONObject photo = photos.getJSONObject(i);
      Photo upright = Vectors.upright(new File(folder, photo.getString("file")));
      float[] answer = store.running().answer(upright).probabilities;
      JSONArray expected = new JSONArray();
      for (float one : answer) expected.put(one * certainty);
      photo.put("expected", expected);
    }
    Files.write(file, golden.toString());
  }

  @Test
  public void goldenPhotosAreHeldAgainstTheDesktopsAnswers() throws IOException {
    store.refresh();
    expectAnswers(0.99);
    Examiner.GoldenOutcome same = examiner().checkGolden(store.running());
    assertTrue(same.same);
    assertEquals(7, same.photos);
    assertEquals(0.01, same.largestDifference, 1e-6);
    expectAnswers(0.9);
    assertFalse(examiner().checkGolden(store.running()).same);
    assertTrue(new File(folder, "golden/" + first + ".json").delete());
    assertNull(examiner().checkGolden(store.running()));
  }
}
