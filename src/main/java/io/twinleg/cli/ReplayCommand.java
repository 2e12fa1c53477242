package io.twinleg.cli;

import io.twinleg.config.RunConfig;
import io.twinleg.core.model.ExitCode;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.telemetry.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description =
        "Run a journal through the Engine again and compare every command: from its beginning, or"
            + " from its oldest snapshot where older market data were dropped.",
    footer = {"", "Example:", "  ./twinleg replay --state-db state/live.db"})
final class ReplayCommand implements Callable<Integer> {
  @Mixin JournalOption journals = new JournalOption();

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    try (JournalReader journal = SqliteJournal.openReadOnly(journals.file())) {
      JournalReplay.Recovered read =
          new JournalReplay(text -> RunConfig.parse(text).settings())
              .replay(journal, (event, commands) -> {});
      System.out.println(json ? JsonText.of(fields(read)) : sentence(read));
      return read.difference().isPresent() ? ExitCode.MISMATCH.code() : ExitCode.CLEAN.code();
    }
  }

  private static Map<String, Object> fields(JournalReplay.Recovered read) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("after_seq", read.startedAfter());
    fields.put("events", read.events());
    fields.put("commands", read.commands());
    fields.put("differences", read.difference().isPresent() ? 1 : 0);
    read.difference()
        .ifPresent(difference -> {
          fields.put("seq", difference.sequence());
          fields.put("fact", difference.fact().toString());
          fields.put("recorded", difference.recorded().toString());
          fields.put("replayed", difference.replayed().toString());
        });
    return fields;
  }

  private static String sentence(JournalReplay.Recovered read) {
    return read.difference()
        .map(difference ->
            "difference at event %d (%s)%n  recorded %s%n  replayed %s"
                .formatted(
                    difference.sequence(),
                    difference.fact(),
                    difference.recorded(),
                    difference.replayed()))
        .orElse(
            "no difference: %d events, %d commands%s"
                .formatted(read.events(), read.commands(), from(read)));
  }

  private static String from(JournalReplay.Recovered read) {
    return read.startedAfter() == 0
        ? ""
        : ", from the snapshot after row %d on (older market data were dropped)"
            .formatted(read.startedAfter());
  }
}
