package io.twinleg.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorInputTest {
  private static final Instant T0 = Instant.parse("2026-01-05T12:10:00Z");

  @TempDir Path folder;

  private final MemoryJournal journal =
      new MemoryJournal(
          new JournalIdentity("dry-run", "", "", 7, "synthetic", new OrderIdTag("00000007")));
  private Instant wall = T0;

  private OperatorInput operators() {
    KillFile file = new KillFile(Optional.of(folder.resolve("KILL")));
    return new OperatorInput(journal, file, () -> wall);
  }

  private static List<Event.OperatorCommand> heard(OperatorInput operators) {
    return operators.heard().stream().map(OperatorInput.Message::fact).toList();
  }

  @Test
  void signalsAreHeardAtOnceAndTheInboxEvery200Ms() {
    OperatorInput operators = operators();
    assertThat(heard(operators)).isEmpty();
    journal.addToInbox(T0, "pause", "");
    operators.say(new Event.OperatorCommand(Operation.STOP, "SIGTERM"));
    assertThat(heard(operators))
        .isEqualTo(List.of(new Event.OperatorCommand(Operation.STOP, "SIGTERM")));
    wall = T0.plusMillis(199);
    assertThat(heard(operators)).isEmpty();
    wall = T0.plusMillis(200);
    assertThat(heard(operators)).isEqualTo(List.of(new Event.OperatorCommand(Operation.PAUSE, "")));
  }

  @Test
  void theWordsOfTheInboxComeInTheirOrderWithTheirArguments() {
    journal.addToInbox(T0, "pause", "");
    journal.addToInbox(T0, "kill", "2");
    journal.addToInbox(T0, "resume", "");
    journal.addToInbox(T0, "flatten", "");
    assertThat(heard(operators()))
        .isEqualTo(
            List.of(
                new Event.OperatorCommand(Operation.PAUSE, ""),
                new Event.OperatorCommand(Operation.KILL, "2"),
                new Event.OperatorCommand(Operation.RESUME, ""),
                new Event.OperatorCommand(Operation.FLATTEN, "")));
  }

  @Test
  void whatWaitedInTheInboxIsHeardBeforeWhatThisProcessIsTold() {
    OperatorInput operators = operators();
    journal.addToInbox(T0, "resume", "");
    operators.say(new Event.OperatorCommand(Operation.FLATTEN, "end"));
    assertThat(heard(operators))
        .isEqualTo(
            List.of(
                new Event.OperatorCommand(Operation.RESUME, ""),
                new Event.OperatorCommand(Operation.FLATTEN, "end")));
  }

  @Test
  void aKillFileIsAKill() throws Exception {
    Files.writeString(folder.resolve("KILL"), "3");
    OperatorInput operators = operators();
    assertThat(heard(operators)).isEqualTo(List.of(new Event.OperatorCommand(Operation.KILL, "3")));
    wall = T0.plusSeconds(1);
    assertThat(heard(operators)).isEmpty();
  }
}
