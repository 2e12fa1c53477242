package io.twinleg.cli;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.bootstrap.VenueWait;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.smoketest.OrderRoundTrip;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bid-and-cancel",
    description = "Place a test BUY and SELL away from the market, list them, and cancel them.",
    footer = {
      "",
      "Example: whether orders get through on the testnet",
      "  ./twinleg bid-and-cancel hyperliquid spot"
          + " --config simple_scripts/hyperliquid/config.json"
    })
final class BidAndCancelCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "VENUE", description = "hyperliquid or aster.")
  String venue = "";

  @Parameters(index = "1", paramLabel = "LEG", description = "spot or perp.")
  String leg = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The test's own configuration (default: simple_scripts/VENUE/config.json).")
  @Nullable Path file;

  private final AtomicBoolean interrupted = new AtomicBoolean();

  @Override
  public Integer call() {
    SmokeTestConfig config =
        switch (venue) {
          case "hyperliquid" -> SmokeTestConfig.hyperliquid(file(), leg());
          case "aster" -> SmokeTestConfig.aster(file(), leg());
          default ->
              throw new UsageException("VENUE is " + venue + ": expected hyperliquid or aster");
        };
    VenueWait wait = VenueWait.ofACommand();
    SignalHandler.handle(name -> {
      interrupted.set(true);
      wait.stop();
    });
    return run(config, wait);
  }

  private Path file() {
    return Optional.ofNullable(file).orElse(Path.of("simple_scripts", venue, "config.json"));
  }

  private Leg leg() {
    return switch (leg) {
      case "spot" -> Leg.SPOT;
      case "perp" -> Leg.PERP;
      default -> throw new UsageException("LEG is " + leg + ": expected spot or perp");
    };
  }

  private int run(SmokeTestConfig config, VenueWait wait) {
    System.out.println(
        "account "
            + config.account().address()
            + ", "
            + leg
            + " of "
            + config.names().market()
            + ", "
            + config.settings().size()
            + " USD an order, at "
            + config.account().network());
    try {
      Connected connected = wait.untilAnswered(() -> connect(config));
      try (Venue opened = connected.venue()) {
        return test(opened, connected.instrument(), config);
      }
    } catch (VenueWait.StoppedException stopped) {
      System.err.println(stopped.getMessage());
      return ExitCode.CLEAN.code();
    } catch (VenueException fault) {
      throw withKeysOfThisFile(fault);
    }
  }

  /** A venue that has answered everything that an order needs. */
  private record Connected(Venue venue, Instrument instrument) {}

  private Connected connect(SmokeTestConfig config) {
    Venue opened = config.account().open();
    try {
      DataClient.Pair pair = opened.marketData().resolve(config.names());
      opened.trading().backfill();
      return new Connected(opened, leg() == Leg.SPOT ? pair.spot() : pair.perp());
    } catch (RuntimeException failure) {
      opened.close();
      throw failure;
    }
  }

  private int test(Venue opened, Instrument instrument, SmokeTestConfig config) {
    OrderRoundTrip loop =
        new OrderRoundTrip(
            opened,
            instrument,
            config.settings(),
            new OrderIdTag(String.format("%08x", new SecureRandom().nextInt())),
            System.out::println,
            interrupted::get);
    return loop.run() ? ExitCode.CLEAN.code() : left(loop.left());
  }

  /** A venue names the keys of a run's configuration, where they stand in a section. */
  private static VenueException withKeysOfThisFile(VenueException fault) {
    VenueException renamed =
        new VenueException(Main.sentence(fault).replace("credentials.", ""), fault.isRetryable());
    renamed.initCause(fault);
    return renamed;
  }

  private static int left(List<String> orders) {
    System.err.println(
        "an order of this test may have been left open: look at the open orders at the venue and"
            + " cancel it there: "
            + String.join("; ", orders));
    return ExitCode.RESIDUAL.code();
  }
}
