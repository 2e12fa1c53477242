package io.twinleg.tracing;

/**
 * Where a path begins and ends, set by the test-side ports of {@link MarkedRun}. The methods do
 * nothing: {@link MethodTracer} has a breakpoint in each of them and counts in between.
 */
final class Marker {
  private Marker() {}

  /**
   * Counting of a new path starts; one that is not ended is forgotten.
   *
   * @param path the name of a {@link CallPath.Kind}
   */
  static void begin(String path) {}

  /** What follows belongs to something else, until {@link #resume}. */
  static void pause() {}

  static void resume() {}

  static void end() {}
}
