package io.twinleg.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Modes of files and folders for their owner alone, whatever the umask. A file system without modes
 * is left as it is: nothing is set there, and nothing counts as open.
 */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> READ_WRITE =
      PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /** The mode of a file that is created with it, from its first byte on. */
  public static FileAttribute<?>[] mode(Path file) {
    return attributes(file, READ_WRITE);
  }

  /** Makes an empty file; one that exists stays as it is. */
  public static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, mode(file));
    } catch (FileAlreadyExistsException e) {
      // That is what was wanted. Looking first would leave a gap between looking and creating.
      return;
    }
  }

  /** Makes the folders of a path that are missing; those that exist stay as they are. */
  public static void createDirectories(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, attributes(folder, OWNER));
    }
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode) {
    boolean hasModes = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return hasModes
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
        : new FileAttribute<?>[0];
  }

  /** Whether others than its owner may read, write or run it; of a link, what it points to. */
  public static boolean isOpenToOthers(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix")
        && !OWNER.containsAll(Files.getPosixFilePermissions(path));
  }

  /**
   * Takes from others what they may do with files and folders of ours. What does not exist, and
   * what is neither (a device), is left alone.
   *
   * @return a sentence for the operator about what was open, one about what stays open; mostly none
   */
  public static List<String> tighten(List<Path> paths) {
    List<String> tightened = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (Path path : paths) {
      try {
        if ((Files.isRegularFile(path) || Files.isDirectory(path)) && isOpenToOthers(path)) {
          Set<PosixFilePermission> kept = EnumSet.copyOf(OWNER);
          kept.retainAll(Files.getPosixFilePermissions(path));
          Files.setPosixFilePermissions(path, kept);
          tightened.add(path.toString());
        }
      } catch (IOException e) {
        sentences.add(
            path + " is open to others on this machine, and that cannot be changed (" + e + ")");
      }
    }
    if (!tightened.isEmpty()) {
      sentences.addFirst(
          "open to others on this machine until now, from now on its owner's alone: "
              + String.join(", ", tightened));
    }
    return sentences;
  }
}
