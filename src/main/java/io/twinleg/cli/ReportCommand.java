package io.twinleg.cli;

import io.twinleg.config.RunConfig;
import io.twinleg.core.model.ExitCode;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.research.Report;
import io.twinleg.telemetry.JsonText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description =
        "Profit and loss by cause, fills, funding and hedge errors of a journal, and whether they"
            + " foot to the venue.",
    footer = {"", "Example:", "  ./twinleg report --state-db state/live.db"})
final class ReportCommand implements Callable<Integer> {
  @Mixin JournalOption journals = new JournalOption();

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    try (JournalReader journal = SqliteJournal.openReadOnly(journals.file())) {
      Report report = Report.over(journal, text -> RunConfig.parse(text).settings());
      if (json) {
        System.out.println(JsonText.of(report.fields()));
      } else {
        report.lines().forEach(System.out::println);
      }
      return ExitCode.CLEAN.code();
    }
  }
}
