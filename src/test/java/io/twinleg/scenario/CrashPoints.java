package io.twinleg.scenario;

import java.lang.reflect.Method;
import org.junit.jupiter.api.function.Executable;

/** Plays a scenario's test once for each instant at which its process may be killed. */
public interface CrashPoints extends Executable {
  Method scenario();

  /** How often the process has been killed up to now. */
  long kills();
}
