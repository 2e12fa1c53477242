package io.twinleg.cli.research;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryException;
import io.twinleg.research.bars.BarRun;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.telemetry.JsonText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the rules of {@link RuleCommands} have in common, and how they print. */
final class RuleOptions {
  private RuleOptions() {}

  static void print(Map<String, Object> fields, boolean json) {
    if (json) {
      System.out.println(JsonText.of(fields));
    } else {
      fields.forEach(
          (name, value) -> System.out.println("%-24s %s".formatted(name.replace('_', ' '), value)));
      System.out.println();
    }
  }

  /** Which markets of a history. */
  static final class MarketOption {
    @Option(
        names = "--market",
        paramLabel = "NAME",
        description = "Such as HYPE; may be repeated (default: all that have both candles).")
    List<String> names = new ArrayList<>();

    List<InstrumentCatalog> of(HistoryArchive archive) {
      List<InstrumentCatalog> all = HistoryCommand.markets(archive);
      for (String name : names) {
        if (all.stream().noneMatch(listed -> listed.name().equals(name))) {
          throw new UsageException(
              "--market is %s: %s has both spot and perp candles of %s only"
                  .formatted(name, archive.folder(), all));
        }
      }
      return all.stream()
          .filter(listed -> names.isEmpty() || names.contains(listed.name()))
          .toList();
    }
  }

  /** What the account has, and what it pays. */
  static final class Money {
    @Option(
        names = "--capital",
        paramLabel = "USD",
        converter = FlagValues.UsdAmount.class,
        description = "What the account is opened with (default: 1000000).")
    Usd capital = Usd.of("1000000");

    @Option(
        names = "--fee",
        paramLabel = "SPOT,PERP",
        split = ",",
        description = "Fractions of what is traded (default: ${DEFAULT-VALUE}).")
    List<BigDecimal> fees = List.of(new BigDecimal("0.0007"), new BigDecimal("0.00045"));

    @Option(
        names = "--venue-leverage",
        paramLabel = "X",
        description = "The most that the venue gives (default: ${DEFAULT-VALUE}).")
    int most = 50;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "A CSV file with the account after every row; must not be there yet.")
    @Nullable Path out;

    @Option(names = "--json", description = "One JSON object a market.")
    boolean json;

    FeeSchedule takerFees() {
      if (fees.size() != 2 || most < 1) {
        throw new UsageException(
            "--fee is %s and --venue-leverage %d: expected two fractions, and 1 or more"
                .formatted(fees, most));
      }
      return new FeeSchedule(fees.get(0), fees.get(0), fees.get(1), fees.get(1));
    }

    /**
     * Before any work is done: a file that is there is not overwritten.
     *
     * @param count of markets: a file holds the account of one
     */
    void check(int count) {
      if (out != null && count > 1) {
        throw new UsageException(
            "--out takes one market, and there are " + count + ": give one --market");
      }
      if (out != null && Files.exists(out)) {
        throw new HistoryException(
            "--out " + out + " is there already: give another name, or remove it.");
      }
    }

    void print(String name, BarRun run) {
      print(name, run, Map.of());
    }

    void print(String name, BarRun run, Map<String, Object> more) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("market", name);
      fields.putAll(run.fields());
      fields.putAll(new TreeMap<>(more));
      if (out != null) {
        try {
          Path whole = out.toAbsolutePath();
          Path part = whole.resolveSibling("." + whole.getFileName() + ".part");
          Files.write(part, run.table());
          Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
          throw new HistoryException(out + " cannot be written (" + e.getMessage() + ").", e);
        }
      }
      RuleOptions.print(fields, json);
    }
  }
}
