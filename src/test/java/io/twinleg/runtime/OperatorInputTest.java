package io.twinleg.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
    return new OperatorInput(journal, folder.resolve("KILL"), () -> wall);
  }

  private static List<Event.OperatorCommand> polled(OperatorInput operators) {
    return operators.poll().stream().flatMap(message -> message.command().stream()).toList();
  }

  @Test
  void signalsArePolledAtOnceAndTheInboxEvery200Ms() {
    OperatorInput operators = operators();
    assertThat(polled(operators)).isEmpty();
    journal.addToInbox(T0, "pause", "");
    operators.submit(new Event.OperatorCommand(Operation.STOP, "SIGTERM"));
    assertThat(polled(operators))
        .isEqualTo(List.of(new Event.OperatorCommand(Operation.STOP, "SIGTERM")));
    wall = T0.plusMillis(199);
    assertThat(polled(operators)).isEmpty();
    wall = T0.plusMillis(200);
    assertThat(polled(operators))
        .isEqualTo(List.of(new Event.OperatorCommand(Operation.PAUSE, "")));
  }

  @Test
  void aClockThatIsSetBackHidesNoCommand() throws IOException {
    OperatorInput operators = operators();
    assertThat(polled(operators)).isEmpty();
    wall = T0.minusSeconds(3600);
    journal.addToInbox(T0, "flatten", "");
    writeKillFile("2");
    assertThat(polled(operators))
        .isEqualTo(
            List.of(
                new Event.OperatorCommand(Operation.FLATTEN, ""),
                new Event.OperatorCommand(Operation.KILL, "2")));
  }

  @Test
  void whatIsNoCommandIsTakenAndLoggedAndEndsNothing() {
    journal.addToInbox(T0, "dance", "3");
    journal.addToInbox(T0, "kill", "9");
    journal.addToInbox(T0, "pause", "");
    List<OperatorInput.Message> polled = operators().poll();
    assertThat(polled).hasSize(3);
    assertThat(polled.getFirst().command()).isEmpty();
    assertThat(polled.getFirst().unreadable().fields())
        .containsEntry("command", "dance")
        .containsEntry("argument", "3");
    assertThat(polled.get(1).command()).isEmpty();
    assertThat(polled.getLast().command()).contains(new Event.OperatorCommand(Operation.PAUSE, ""));
  }

  @Test
  void inboxCommandsKeepTheirOrderAndArguments() {
    journal.addToInbox(T0, "pause", "");
    journal.addToInbox(T0, "kill", "2");
    journal.addToInbox(T0, "resume", "");
    journal.addToInbox(T0, "flatten", "");
    assertThat(polled(operators()))
        .isEqualTo(
            List.of(
                new Event.OperatorCommand(Operation.PAUSE, ""),
                new Event.OperatorCommand(Operation.KILL, "2"),
                new Event.OperatorCommand(Operation.RESUME, ""),
                new Event.OperatorCommand(Operation.FLATTEN, "")));
  }

  @Test
  void waitingInboxCommandsComeBeforeThoseOfThisProcess() {
    OperatorInput operators = operators();
    journal.addToInbox(T0, "resume", "");
    operators.submit(new Event.OperatorCommand(Operation.FLATTEN, "end"));
    assertThat(polled(operators))
        .isEqualTo(
            List.of(
                new Event.OperatorCommand(Operation.RESUME, ""),
                new Event.OperatorCommand(Operation.FLATTEN, "end")));
  }

  private List<String> killLevels(OperatorInput operators) {
    wall = wall.plusSeconds(1);
    return polled(operators).stream()
        .peek(command -> assertThat(command.operation()).isEqualTo(Operation.KILL))
        .map(Event.OperatorCommand::argument)
        .toList();
  }

  private void writeKillFile(String text) throws IOException {
    Files.writeString(folder.resolve("KILL"), text);
  }

  @Test
  void aKillLevelIsReportedOnceEachTimeItChanges() throws IOException {
    OperatorInput operators = operators();
    assertThat(killLevels(operators)).isEmpty();
    writeKillFile("1\n");
    assertThat(killLevels(operators)).containsExactly("1");
    assertThat(killLevels(operators)).isEmpty();
    writeKillFile("2");
    assertThat(killLevels(operators)).containsExactly("2");
    Files.delete(folder.resolve("KILL"));
    assertThat(killLevels(operators)).isEmpty();
    writeKillFile("2");
    assertThat(killLevels(operators)).containsExactly("2");
  }

  @Test
  void aKillFileThatCannotBeReadIsTheStrongestLevel() throws IOException {
    writeKillFile("stop it!");
    assertThat(killLevels(operators())).containsExactly("3");
    writeKillFile("");
    assertThat(killLevels(operators())).containsExactly("3");
    Files.delete(folder.resolve("KILL"));
    Files.createDirectory(folder.resolve("KILL"));
    assertThat(killLevels(operators())).containsExactly("3");
  }

  @Test
  void withoutAKillFileOnlyTheInboxIsRead() throws IOException {
    writeKillFile("3");
    OperatorInput operators = new OperatorInput(journal, () -> wall);
    journal.addToInbox(T0, "pause", "");
    assertThat(polled(operators)).containsExactly(new Event.OperatorCommand(Operation.PAUSE, ""));
  }
}
