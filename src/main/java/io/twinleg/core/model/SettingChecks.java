package io.twinleg.core.model;

import java.math.BigDecimal;

/** The checks that settings records make of themselves. */
public final class SettingChecks {
  private SettingChecks() {}

  public static void within(String key, BigDecimal value, String least, String most) {
    require(
        value.compareTo(new BigDecimal(least)) >= 0 && value.compareTo(new BigDecimal(most)) <= 0,
        key,
        value.toPlainString(),
        "a number from " + least + " to " + most);
  }

  public static void within(String key, long value, long least, long most) {
    require(
        value >= least && value <= most,
        key,
        value,
        "a whole number from " + least + " to " + most);
  }

  public static void positive(String key, BigDecimal value) {
    require(value.signum() > 0, key, value.toPlainString(), "a number above 0");
  }

  public static void require(boolean holds, String key, Object found, String expected) {
    if (!holds) {
      throw new InvalidSetting(key, found, expected);
    }
  }
}
