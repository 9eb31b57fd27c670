package studio.pocketlens.companion;

import studio.pocketlens.companion.core.Engine;
import studio.pocketlens.companion.core.FakeEngine;

/** The activity without LiteRT's library, which is for phones. */
public class TestActivity extends MainActivity {
  final FakeEngine engine = new FakeEngine();

  @Override
  Engine createEngine() {
    return engine;
  }
}
