package io.twinleg.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rows of {@code bench}, in their order. */
public final class Bench {
  /**
   * One figure, or a few that are measured together.
   *
   * @param about in a line, for people
   * @param isLong its measurement takes minutes: only where it is named
   */
  record BenchRow(String name, String about, boolean isLong, Measurement measurement) {
    /** Gives the row's fields. */
    interface Measurement {
      Map<String, Object> take(int rounds) throws Exception;
    }
  }

  private final List<BenchRow> rows = new ArrayList<>();

  /**
   * @param folder for the journals of what is run; on the disk whose flush is to be measured
   */
  public Bench(Path folder) {
    rows.addAll(new OrderRows().rows());
    rows.addAll(new BookRows().rows());
    rows.addAll(new RunRows(folder).rows());
    rows.add(new HedgeRow(folder).row());
    rows.addAll(new StartRows(folder).rows());
    rows.addAll(new SweepRows().rows());
  }

  public Stream<String> names() {
    return rows.stream().map(BenchRow::name);
  }

  /** Those that are measured where none is named. */
  public List<String> usual() {
    return rows.stream().filter(row -> !row.isLong()).map(BenchRow::name).toList();
  }

  /** A row's fields, its name and what it is about first. */
  public Map<String, Object> measure(String name, int rounds) {
    BenchRow row = rows.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("row", row.name());
    fields.put("about", row.about());
    try {
      fields.putAll(row.measurement().take(rounds));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
    return fields;
  }
}
