package io.twinleg.cli;

import io.twinleg.core.model.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An API key or its secret, or where it is to be had. It is never printed. */
final class ApiCredential {
  static final String EXPECTED = "the key or secret itself, or env:NAME, or file:PATH";

  private static final String PLAIN = "[A-Za-z0-9_.+/=-]{1,256}";

  private final String text;

  ApiCredential(String text) {
    this.text = text;
  }

  static boolean isOne(String text) {
    return text.matches(PLAIN) || (text.matches("(env|file):.+") && SecretReference.isOne(text));
  }

  void checkFile(String key) {
    if (text.startsWith("file:")) {
      new SecretReference(text).checkFile(key);
    }
  }

  /**
   * @throws InvalidSetting when it is not where it should be
   */
  String value(String key, Environment environment) {
    if (text.startsWith("env:")) {
      String name = text.substring("env:".length());
      return environment
          .read(name)
          .filter(found -> !found.isBlank())
          .map(String::strip)
          .orElseThrow(
              () -> new InvalidSetting(key, Redaction.HIDDEN, "an environment variable " + name));
    }
    return text.startsWith("file:") ? read(key) : text;
  }

  private String read(String key) {
    try {
      return Files.readString(Path.of(text.substring("file:".length()))).strip();
    } catch (IOException e) {
      throw new InvalidSetting(key, Redaction.HIDDEN, "the path of a file that can be read");
    }
  }

  @Override
  public String toString() {
    return Redaction.HIDDEN;
  }
}
