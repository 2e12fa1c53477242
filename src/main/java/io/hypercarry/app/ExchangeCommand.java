package io.hypercarry.app;

import io.hypercarry.exchange.hyperliquid.HyperliquidFace;
import io.hypercarry.exchange.server.FaultProfile;
import io.hypercarry.exchange.server.PacedExchange;
import io.hypercarry.exchange.server.WireFaults;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "exchange",
    description = "Run our own exchange as a server, for any client of the venue it looks like.",
    footer = {
      "",
      "Example: Hyperliquid's face on port 3001, a minute a second",
      "  ./hypercarry exchange --hyperliquid 3001 --speed 60 \\",
      "    --fund 0x14791697260e4c9a71f18484c9f997b308e59325=1000:1000"
    })
final class ExchangeCommand implements Callable<Integer> {
  private static final BigDecimal FASTEST = BigDecimal.valueOf(1000);

  @Option(
      names = "--hyperliquid",
      paramLabel = "PORT",
      description = "Hyperliquid's face on this port of 127.0.0.1 (0: any free one).")
  @Nullable Integer hyperliquid;

  @Option(
      names = "--aster",
      paramLabel = "PORT",
      description = "Aster's face, spot and futures, over an exchange of its own on this port.")
  @Nullable Integer aster;

  @Option(
      names = "--fund",
      paramLabel = "WHO=SPOT:PERP",
      description =
          "An account and what is in its two wallets, such as 0xADDRESS=1000:1000; may be"
              + " repeated.")
  List<String> funds = new ArrayList<>();

  @Option(
      names = "--agent",
      paramLabel = "ACCOUNT=AGENT",
      description = "A wallet that may sign for an account; may be repeated.")
  List<String> agents = new ArrayList<>();

  @Option(names = "--seed", description = "Of the world and of the faults (default: 7).")
  long seed = 7;

  @Option(
      names = "--speed",
      paramLabel = "TIMES",
      description = "Seconds of the exchange in one of the wall's, up to 1000 (default: 1).")
  BigDecimal speed = BigDecimal.ONE;

  @Option(
      names = "--market",
      paramLabel = "WORLD",
      description = "synthetic, or replay:DIR for recorded funding and candles.")
  String market = "synthetic";

  @Option(
      names = "--faults",
      paramLabel = "WHICH",
      description = "all, none, or a JSON file of how often what goes wrong (default: none).")
  String faults = "none";

  @Option(names = "--json", description = "JSON lines.")
  boolean json;

  @Override
  public Integer call() {
    if (hyperliquid == null && aster == null) {
      throw new Usage("exchange has no face to show: give --hyperliquid PORT or --aster PORT");
    }
    if (speed.signum() <= 0 || speed.compareTo(FASTEST) > 0) {
      throw new Usage("--speed is " + speed + ": expected a number above 0, at most " + FASTEST);
    }
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<Throwable> broken = new AtomicReference<>();
    Signals.handle(name -> end.countDown());
    Consumer<Throwable> halted =
        trouble -> {
          broken.compareAndSet(null, trouble);
          end.countDown();
        };
    List<Runnable> closings = new ArrayList<>();
    try {
      if (hyperliquid != null) {
        closings.add(hyperliquid(hyperliquid, halted));
      }
      if (aster != null) {
        closings.add(aster(aster));
      }
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closings.forEach(Runnable::run);
    }
    return ended(broken.get());
  }

  // ---- Hyperliquid

  /** Returns how it is closed. */
  private Runnable hyperliquid(int wanted, Consumer<Throwable> halted) {
    List<Funding> accounts = Funding.all(funds.stream().filter(this::isForHyperliquid).toList());
    List<Funding.Agent> allowed =
        agents.stream().map(text -> Funding.Agent.of(text, accounts)).toList();
    FaultProfile profile = profile();
    ServedWorld served = ServedWorld.of(market, seed, Instant.now());
    PacedExchange paced = new PacedExchange(served.exchange(), speed, halted);
    HyperliquidFace face =
        new HyperliquidFace(paced, new WireFaults(profile, seed, System::nanoTime));
    accounts.forEach(each -> face.fund(each.who(), each.spot(), each.perp()));
    allowed.forEach(each -> face.approve(each.account(), each.agent()));
    int port = listening("--hyperliquid", wanted, () -> face.start(wanted));
    new ExchangeVoice(json).told(served, "hyperliquid", port, speed, accounts, faults);
    return () -> {
      face.close();
      paced.close();
    };
  }

  /** An API key is an account of Aster's. */
  private boolean isForHyperliquid(String fund) {
    return aster == null || fund.startsWith("0x");
  }

  // ---- Aster

  private Runnable aster(int wanted) {
    AsterStreet street =
        listening("--aster", wanted, () -> AsterStreet.open(wanted, seed, speed, funds, agents));
    System.out.println(
        "Our exchange, in the dialect of aster: http://127.0.0.1:"
            + street.port()
            + " (base_url and spot_base_url)");
    return street::close;
  }

  private static <T> T listening(String flag, int port, Supplier<T> open) {
    try {
      return open.get();
    } catch (JavalinBindException taken) {
      Usage usage =
          new Usage(
              flag
                  + " is "
                  + port
                  + ": the port is taken or not allowed; give another, or 0 for any free one");
      usage.initCause(taken);
      throw usage;
    }
  }

  private static int ended(@Nullable Throwable broken) {
    if (broken != null) {
      throw new IllegalStateException("the exchange came to a halt: " + broken, broken);
    }
    return Exit.CLEAN;
  }

  private FaultProfile profile() {
    return switch (faults) {
      case "none" -> FaultProfile.NONE;
      case "all" -> FaultProfile.ALL;
      default -> read(Path.of(faults));
    };
  }

  private static FaultProfile read(Path file) {
    try {
      return FaultProfile.read(Files.readString(file));
    } catch (IOException unreadable) {
      throw new Usage("--faults is " + file + ": expected all, none or a readable JSON file");
    } catch (IllegalArgumentException wrong) {
      throw new Usage("--faults " + file + " " + wrong.getMessage());
    }
  }
}
