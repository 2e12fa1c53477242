package io.twinleg.config;

import java.util.regex.Pattern;

/**
 * Keeps secrets out of every message about a configuration. A key pasted into the wrong line is
 * still a key: what has the form of one is hidden, under whichever name it was given.
 */
public final class Redaction {
  public static final String HIDDEN = "(not shown)";

  private static final int SHOWN_MAX = 60;
  private static final Pattern PRIVATE_KEY = Pattern.compile("(?i)(0x)?[0-9a-f]{64,}");
  private static final Pattern USER_OF_URL = Pattern.compile("//[^/@\\s]*@");

  /** Of the credentials what is no address and no URL, also under a name that was mistyped. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)credentials(\\.(?!(account_address|vault_address|user|signer|.*base_url)$).*)?"
              + "|.*(secret|_key|pass|mnemonic|seed).*|alerts\\.(.*_url|.*_token|pin)");

  private Redaction() {}

  public static String of(String sentence) {
    String withoutKeys = PRIVATE_KEY.matcher(sentence).replaceAll(HIDDEN);
    return USER_OF_URL.matcher(withoutKeys).replaceAll("//" + HIDDEN + "@");
  }

  /** Whether the value of a key is never shown, whatever its form. */
  static boolean hides(String key) {
    return SECRET_NAME.matcher(key).matches();
  }

  /** A value as an error shows it: on one line, short, and without control characters. */
  static String shown(String key, String value) {
    if (hides(key)) {
      return HIDDEN;
    }
    String line = of(value).replaceAll("\\p{Cntrl}", "?");
    return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "…";
  }
}
