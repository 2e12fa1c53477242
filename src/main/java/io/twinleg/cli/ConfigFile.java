package io.twinleg.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a configuration file, or one sentence why there is none. */
final class ConfigFile {
  private static final int BYTES_MAX = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ConfigFile() {}

  static String text(Path file) {
    String text = decoded(file, bytes(file));
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    if (text.isBlank()) {
      throw new ConfigException(
          file + " is empty: expected a configuration (copy config_example.json)");
    }
    return text;
  }

  private static byte[] bytes(Path file) {
    if (Files.isDirectory(file)) {
      throw new ConfigException(file + " is a directory: expected a configuration file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new ConfigException(file + " is larger than 1 MiB: expected a configuration file");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          file + " does not exist: expected a configuration file (copy config_example.json)");
    } catch (AccessDeniedException e) {
      throw new ConfigException(file + " cannot be read: expected a file that you may read");
    } catch (IOException e) {
      throw new ConfigException(file + " cannot be read (" + e.getMessage() + ")");
    }
  }

  private static String decoded(Path file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + " is not text in UTF-8: expected a configuration file");
    }
  }
}
