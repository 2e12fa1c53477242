package io.twinleg.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes all fields of an object, and of the objects behind them, and restores them in an object of
 * the same class that was made anew of the same configuration. Exact: what is restored decides as
 * what was written.
 *
 * <p>The fields are found in the classes themselves, so none can be forgotten. Their names, types
 * and the names of enum constants are thereby the format: {@link #format} lists them, a test pins
 * the list, and {@link #VERSION} is raised with every change of it. Other versions are refused as
 * unreadable, never guessed at.
 */
public final class StateCodec {
  /** Of the format; part of every snapshot. */
  public static final int VERSION = 6;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Shapes shapes = new Shapes();

  /** What was read is no snapshot of this version, or of another class or configuration. */
  public static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String what, Throwable cause) {
      super(what, cause);
    }
  }

  /** The object's state, compressed. The same state gives the same bytes. */
  public byte[] write(Object root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (OutputStream deflated = new DeflaterOutputStream(bytes, fast);
        JsonGenerator json = JSON.createGenerator(deflated)) {
      shapes.of(root.getClass()).write(root, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  /**
   * Fills an object that was made anew.
   *
   * @throws UnreadableException where the bytes do not fit; the object is then of no use
   */
  public void restore(byte[] written, Object root) {
    try (InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(written))) {
      JsonNode tree = JSON.readTree(inflated);
      shapes.of(root.getClass()).read(tree, root);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException("the state cannot be read: " + e.getMessage(), e);
    }
  }

  /** One line for each class that an object of this class may hold, with its fields and types. */
  public static List<String> format(Class<?> root) {
    Map<String, String> lines = new TreeMap<>();
    new Shapes().describe((Type) root, lines);
    return List.copyOf(lines.values());
  }
}
