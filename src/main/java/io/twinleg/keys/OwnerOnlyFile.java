package io.twinleg.keys;

import io.twinleg.files.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/** A file that its owner alone may read, where the file system knows owners. */
final class OwnerOnlyFile {
  private static final long SIZE_MAX = 64 * 1024;

  private OwnerOnlyFile() {}

  static String read(Path file) {
    Path target = target(file);
    try {
      if (OwnerOnly.isOpenToOthers(target)) {
        throw new KeyException(file + " can be read by others on this machine: chmod 600 it");
      }
    } catch (IOException e) {
      throw new KeyException("the permissions of " + file + " cannot be read", e);
    }
    return content(file);
  }

  /** Of a file that may be public. */
  static String content(Path file) {
    try {
      Path target = target(file);
      if (Files.size(target) > SIZE_MAX) {
        throw new KeyException(file + " is too large to hold a key or a passphrase");
      }
      return Files.readString(target);
    } catch (CharacterCodingException e) {
      throw new KeyException(file + " is no text");
    } catch (IOException e) {
      throw new KeyException(file + " cannot be read: check that it exists and is yours", e);
    }
  }

  /** Whose permissions count: not the link's. */
  private static Path target(Path file) {
    try {
      Path target = file.toRealPath();
      if (!Files.isRegularFile(target)) {
        throw new KeyException(file + " is not a file");
      }
      return target;
    } catch (IOException e) {
      throw new KeyException(file + " cannot be read: check that it exists and is yours", e);
    }
  }

  /** Never over another file, and with its mode from the first byte on. */
  static void create(Path file, String content) {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, OwnerOnly.mode(file))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new KeyException(file + " exists already and is not overwritten: name another file");
    } catch (IOException e) {
      throw new KeyException(file + " cannot be written: check its folder", e);
    }
  }
}
