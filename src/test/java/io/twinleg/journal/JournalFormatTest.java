package io.twinleg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.SequencedEvent;
import io.twinleg.journal.EventCodec.JournalRow;
import io.twinleg.journal.JournalEntry.CommandRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The rows of a journal, letter for letter: kind, names and texts. Old journals hold them as they
 * are in {@code journal/format.txt}, so a line of it never changes; a new kind adds lines. A line
 * that is to be written otherwise goes to another file, whose lines are still read.
 */
class JournalFormatTest {
  private static final Path PINNED = Path.of("src/test/resources/journal/format.txt");

  /** Of schema versions 1 and 2: read for ever, and written no more. */
  private static final Path BEFORE = Path.of("src/test/resources/journal/format-before-3.txt");

  /** What the program writes now, to be compared with the other by hand. */
  private static final Path WRITTEN = Path.of("target/journal-format.txt");

  private static final int CAUSE = 4710;

  private static final Map<String, List<SequencedEvent>> EVENTS = events();
  private static final Map<String, List<CommandRecord>> COMMANDS = commands();

  private static Map<String, List<SequencedEvent>> events() {
    Map<String, List<SequencedEvent>> events = new TreeMap<>();
    SampleEvents.events().stream()
        .map(DistinctSamples::events)
        .forEach(samples -> events.put(EventCodec.kind(samples.get(0).fact()), samples));
    return events;
  }

  private static Map<String, List<CommandRecord>> commands() {
    Map<String, List<CommandRecord>> commands = new TreeMap<>();
    SampleEvents.commands().stream()
        .map(DistinctSamples::commands)
        .forEach(samples -> commands.put(EventCodec.kind(samples.get(0).command()), samples));
    return commands;
  }

  private static List<String> written() {
    List<String> lines = new ArrayList<>();
    EVENTS.values().stream()
        .flatMap(List::stream)
        .map(event -> line("event", EventCodec.encode(event)))
        .forEach(lines::add);
    COMMANDS.values().stream()
        .flatMap(List::stream)
        .map(command -> line("command", EventCodec.encode(CAUSE, 0, command)))
        .forEach(lines::add);
    return lines;
  }

  private static String line(String family, JournalRow row) {
    return family + " " + row.kind() + " " + row.data();
  }

  private static List<String> pinned() throws IOException {
    return Files.readAllLines(PINNED);
  }

  @Test
  void aRowIsWrittenAsInEveryJournalBefore() throws IOException {
    List<String> written = written();
    Files.write(WRITTEN, written, StandardCharsets.UTF_8);
    assertThat(new LinkedHashSet<>(written)).as("samples that differ").hasSameSizeAs(written);
    assertThat(written).as("%s against %s", WRITTEN, PINNED).isEqualTo(pinned());
  }

  @Test
  void aRowOfAnEarlierJournalIsReadAsWhatItWas() throws IOException {
    List<SequencedEvent> events = new ArrayList<>();
    List<CommandRecord> commands = new ArrayList<>();
    List<SequencedEvent> writtenEvents = EVENTS.values().stream().flatMap(List::stream).toList();
    List<CommandRecord> writtenCommands = COMMANDS.values().stream().flatMap(List::stream).toList();
    for (String line : pinned()) {
      String[] parts = line.split(" ", 3);
      if (parts[0].equals("event")) {
        SequencedEvent sample = writtenEvents.get(events.size());
        long receivedMs = sample.receivedTime().toEpochMilli();
        events.add(
            EventCodec.decodeEvent(
                JournalRow.sealed(sample.sequence(), receivedMs, 0, parts[1], parts[2])));
      } else {
        long sequence = writtenCommands.get(commands.size()).sequence();
        commands.add(
            EventCodec.decodeCommand(JournalRow.sealed(sequence, 0, CAUSE, parts[1], parts[2])));
      }
    }
    assertThat(events).isEqualTo(writtenEvents);
    assertThat(commands).isEqualTo(writtenCommands);
  }

  @Test
  void marketDataOfJournalsBeforeShortRowsAreReadAsWhatTheyWere() throws IOException {
    Map<String, List<SequencedEvent>> read = new TreeMap<>();
    for (String line : Files.readAllLines(BEFORE)) {
      String[] parts = line.split(" ", 3);
      List<SequencedEvent> ofKind = read.computeIfAbsent(parts[1], kind -> new ArrayList<>());
      SequencedEvent sample = EVENTS.get(parts[1]).get(ofKind.size());
      long receivedMs = sample.receivedTime().toEpochMilli();
      ofKind.add(
          EventCodec.decodeEvent(
              JournalRow.sealed(sample.sequence(), receivedMs, 0, parts[1], parts[2])));
    }
    assertThat(read)
        .hasSize(3)
        .allSatisfy((kind, events) -> assertThat(events).isEqualTo(EVENTS.get(kind)));
  }
}
