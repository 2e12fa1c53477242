package io.twinleg.cli;

import io.twinleg.cli.options.JournalOption;
import io.twinleg.config.RunConfig;
import io.twinleg.core.model.ExitCode;
import io.twinleg.journal.JournalMaintenance;
import io.twinleg.journal.JournalMaintenance.Compacted;
import io.twinleg.journal.JournalMaintenance.Verified;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SampledReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.research.Report;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.telemetry.JsonText;
import io.twinleg.telemetry.TerminalProgress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The journal as a file: check it, copy it, make it smaller. */
@Command(
    name = "journal",
    description = "Check a journal, copy it while a run writes, or make it smaller.",
    subcommands = {
      JournalCommand.Verify.class,
      JournalCommand.Backup.class,
      JournalCommand.Compact.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  ./twinleg journal verify --state-db state/live.db"})
final class JournalCommand {
  private static final long MEGABYTE = 1_000_000;

  private static String megabytes(long bytes) {
    return "%d.%d MB".formatted(bytes / MEGABYTE, bytes % MEGABYTE * 10 / MEGABYTE);
  }

  private static long lastSequence(Path journal) {
    try (SampledReader reader = SampledReader.open(journal)) {
      return reader.lastSequence();
    }
  }

  /** How far the events up to the last are read, from the first of them that is. */
  private static LongConsumer shown(TerminalProgress progress, long last) {
    AtomicLong first = new AtomicLong();
    return at -> {
      first.compareAndSet(0, at);
      progress.show(at - first.get(), last - first.get());
    };
  }

  @Command(
      name = "verify",
      description =
          "Read every row and every snapshot, and compare the checksums; also while a run writes.",
      footer = {"", "Example:", "  ./twinleg journal verify --state-db state/live.db"})
  static final class Verify implements Callable<Integer> {
    @Mixin JournalOption journals = new JournalOption();

    @Override
    public Integer call() {
      TerminalProgress progress = new TerminalProgress("verified");
      Verified found = JournalMaintenance.verify(journals.file(), progress::show);
      progress.end();
      System.out.printf(
          "%d rows, %d events, %d snapshots%s%n",
          found.rows(),
          found.events(),
          found.snapshots(),
          found.prunedTo() == 0
              ? ""
              : ", market data dropped up to row %d".formatted(found.prunedTo()));
      if (found.problems().isEmpty()) {
        System.out.println("all checksums fit");
        return ExitCode.CLEAN.code();
      }
      found.problems().forEach(System.out::println);
      return ExitCode.JOURNAL.code();
    }
  }

  @Command(
      name = "backup",
      description = "Copy the journal as of now, also while a run writes.",
      footer = {"", "Example:", "  ./twinleg journal backup /mnt/backup/live.db"})
  static final class Backup implements Callable<Integer> {
    @Mixin JournalOption journals = new JournalOption();

    @Parameters(paramLabel = "FILE", description = "The copy; it must not exist.")
    Path file;

    @Override
    public Integer call() {
      TerminalProgress progress = new TerminalProgress("copied");
      JournalMaintenance.backup(journals.file(), file, progress::show);
      progress.end();
      System.out.println(
          journals.file() + " is copied to " + file + ", " + megabytes(file.toFile().length()));
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "compact",
      description =
          "Drop the market data that no snapshot needs, and give the space back to the disk."
              + " Orders, fills, funding, transfers, corrections and operator commands stay. No run"
              + " may have the journal open; a run drops old market data by itself, and only the"
              + " space it once took is left to give back.",
      footer = {"", "Example:", "  ./twinleg journal compact --state-db state/live.db"})
  static final class Compact implements Callable<Integer> {
    @Mixin JournalOption journals = new JournalOption();

    @Override
    public Integer call() {
      TerminalProgress progress = new TerminalProgress("compacted");
      Compacted done = JournalMaintenance.compact(journals.file(), progress::show);
      progress.end();
      System.out.printf(
          "%s: %s before, %s now; %s%n",
          journals.file(),
          megabytes(done.bytesBefore()),
          megabytes(done.bytesAfter()),
          done.prunedTo() == 0
              ? "no market data were dropped"
              : "market data dropped up to row %d".formatted(done.prunedTo()));
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "report",
      description =
          "Profit and loss by cause, fills, funding and hedge errors of a journal, and whether they"
              + " foot to the venue.",
      footer = {"", "Example:", "  ./twinleg report --state-db state/live.db"})
  static final class ReportCommand implements Callable<Integer> {
    @Mixin JournalOption journals = new JournalOption();

    @Option(names = "--json", description = "One JSON object.")
    boolean json;

    @Override
    public Integer call() {
      try (JournalReader journal = SqliteJournal.openReadOnly(journals.file())) {
        long last = lastSequence(journals.file());
        TerminalProgress progress = new TerminalProgress("read");
        Report report =
            Report.over(journal, text -> RunConfig.parse(text).settings(), shown(progress, last));
        progress.end();
        if (json) {
          System.out.println(JsonText.of(report.fields()));
        } else {
          report.lines().forEach(System.out::println);
        }
        return ExitCode.CLEAN.code();
      }
    }
  }

  @Command(
      name = "replay",
      description =
          "Run a journal through the Engine again and compare every command: from its beginning, or"
              + " from its oldest snapshot where older market data were dropped.",
      footer = {"", "Example:", "  ./twinleg replay --state-db state/live.db"})
  static final class ReplayCommand implements Callable<Integer> {
    @Mixin JournalOption journals = new JournalOption();

    @Option(names = "--json", description = "One JSON object.")
    boolean json;

    @Override
    public Integer call() {
      try (JournalReader journal = SqliteJournal.openReadOnly(journals.file())) {
        long last = lastSequence(journals.file());
        TerminalProgress progress = new TerminalProgress("replayed");
        LongConsumer shown = shown(progress, last);
        JournalReplay.Recovered read =
            new JournalReplay(text -> RunConfig.parse(text).settings())
                .replay(journal, (event, commands) -> shown.accept(event.sequence()));
        progress.end();
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
}
