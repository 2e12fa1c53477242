package io.twinleg.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** All commands of one run, each as its {@link CommandText}, in the order they were given. */
public final class CommandLog {
  private static final int DIGEST_BYTES = 8;

  private final List<String> lines = new ArrayList<>();

  public void add(String line) {
    lines.add(line);
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The run's line in a file of digests. */
  public DigestFile.Row row(String key) {
    return new DigestFile.Row(key, lines.size(), digest());
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the lines, each with its line feed. */
  private String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String line : lines) {
        sha.update((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
