package io.twinleg.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final int MANY = 12_345;

  private final List<Integer> read = new ArrayList<>();
  private final List<Integer> used = new ArrayList<>();

  @Test
  void everyEntryIsUsedInOrder() {
    List<Integer> source = IntStream.range(0, MANY).boxed().toList();
    ReadAhead.forEach(source, read::add, used::add);
    assertThat(used).isEqualTo(source);
    assertThat(read).isEqualTo(source);
    ReadAhead.forEach(List.<Integer>of(), read::add, used::add);
    assertThat(used).hasSize(MANY);
  }

  @Test
  void aDamagedRowIsReportedAfterThoseBeforeIt() {
    Iterator<Integer> broken =
        IntStream.iterate(0, i -> i + 1)
            .peek(i -> {
              if (i == 777) {
                throw new IllegalStateException("row 777 is damaged");
              }
            })
            .iterator();
    assertThatThrownBy(() -> ReadAhead.forEach(() -> broken, read::add, used::add))
        .hasMessage("row 777 is damaged");
    assertThat(used).isEqualTo(IntStream.range(0, 777).boxed().toList());
  }

  /** The figures of a report are kept there: what they cannot take must not be lost. */
  @Test
  void whatFailsOnTheReadingThreadIsReportedAfterTheEntriesBefore() {
    assertThatThrownBy(() ->
            ReadAhead.forEach(
                List.of(1, 2, 3),
                number -> {
                  if (number == 3) {
                    throw new IllegalArgumentException("no figure of 3");
                  }
                },
                used::add))
        .hasMessage("no figure of 3");
    assertThat(used).containsExactly(1, 2);
  }

  @Test
  void aJournalThatCannotBeReadAtAllIsReported() {
    Iterable<Integer> closed =
        () -> {
          throw new IllegalStateException("disk I/O error");
        };
    assertThatThrownBy(() -> ReadAhead.forEach(closed, read::add, used::add))
        .hasMessage("disk I/O error");
  }

  /** Otherwise it would read from a journal that is closed. */
  @Test
  void nothingIsReadOnceItsUseFailed() {
    AtomicInteger made = new AtomicInteger();
    Iterator<Integer> endless = IntStream.generate(made::incrementAndGet).iterator();
    assertThatThrownBy(() ->
            ReadAhead.forEach(
                () -> endless,
                read::add,
                number -> {
                  throw new IllegalArgumentException("entry " + number);
                }))
        .hasMessage("entry 1");
    int then = made.get();
    assertThat(made).hasValue(then);
  }
}
