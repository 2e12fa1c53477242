package io.twinleg.cli;

import io.javalin.util.JavalinBindException;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.core.model.ExitCode;
import io.twinleg.simulator.server.aster.AsterServer;
import io.twinleg.simulator.server.aster.FaultHook;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.hyperliquid.HyperliquidServer;
import io.twinleg.telemetry.JsonText;
import io.twinleg.wire.aster.request.HmacKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "Example: one world behind both venues' servers, a minute a second",
      "  ./twinleg exchange --hyperliquid 3001 --aster 3002 --speed 60 \\",
      "    --fund 0x14791697260e4c9a71f18484c9f997b308e59325=1000:1000"
    })
final class ExchangeCommand implements Callable<Integer> {
  private static final BigDecimal FASTEST = BigDecimal.valueOf(1000);

  @Option(
      names = "--hyperliquid",
      paramLabel = "PORT",
      description = "Hyperliquid's server on this port of 127.0.0.1 (0: any free one).")
  @Nullable Integer hyperliquid;

  @Option(
      names = "--aster",
      paramLabel = "PORT",
      description = "Aster's server, spot and futures, on this port (0: any free one).")
  @Nullable Integer aster;

  @Option(
      names = "--fund",
      paramLabel = "WHO=SPOT:PERP",
      description =
          "An account and what is in its two wallets, such as 0xADDRESS=1000:1000; may be"
              + " repeated. With --aster also KEY:SECRET=SPOT:PERP, for an API key; an address has"
              + " an account at each server.")
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
      description = "Seconds of the exchange in one of the wall clock, up to 1000 (default: 1).")
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
      throw new UsageException(
          "exchange has no server to run: give --hyperliquid PORT or --aster PORT");
    }
    if (speed.signum() <= 0 || speed.compareTo(FASTEST) > 0) {
      throw new UsageException(
          "--speed is " + speed + ": expected a number above 0, at most " + FASTEST);
    }
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<Throwable> broken = new AtomicReference<>();
    SignalHandler.handle(name -> end.countDown());
    Consumer<Throwable> halted =
        trouble -> {
          broken.compareAndSet(null, trouble);
          end.countDown();
        };
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      show(open, halted);
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeAll(open);
    }
    return ended(broken.get());
  }

  /** What is opened last is closed first. */
  private static void closeAll(Deque<AutoCloseable> open) {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception trouble) {
        throw new IllegalStateException("the exchange could not be closed", trouble);
      }
    }
  }

  /** One exchange behind every server. */
  private void show(Deque<AutoCloseable> open, Consumer<Throwable> halted) {
    List<FundOption> accounts = accounts();
    List<FundOption.Agent> allowed =
        agents.stream().map(text -> FundOption.Agent.of(text, accounts)).toList();
    FaultProfile profile = profile();
    ExchangeSetup served = ExchangeSetup.of(market, seed, Instant.now());
    ExchangeLoop paced = new ExchangeLoop(served.exchange(), speed, halted);
    open.push(paced);
    Banner banner = new Banner(json, served, speed, faults);
    if (hyperliquid != null) {
      List<FundOption> wallets = accounts.stream().filter(each -> !each.isByKey()).toList();
      banner.print(
          "hyperliquid",
          hyperliquid(hyperliquid, open, paced, served, profile, wallets, allowed),
          wallets,
          "USDC");
    }
    if (aster != null) {
      banner.print(
          "aster", aster(aster, open, paced, profile, accounts, allowed), accounts, "USDT");
    }
  }

  private List<FundOption> accounts() {
    List<FundOption> accounts = FundOption.all(funds);
    if (aster == null && accounts.stream().anyMatch(FundOption::isByKey)) {
      throw FundOption.notAnAddress("an API key");
    }
    return accounts;
  }

  /** Returns the port. */
  private int hyperliquid(
      int wanted,
      Deque<AutoCloseable> open,
      ExchangeLoop paced,
      ExchangeSetup served,
      FaultProfile profile,
      List<FundOption> wallets,
      List<FundOption.Agent> allowed) {
    HyperliquidServer server =
        new HyperliquidServer(
            paced, new HttpFaults(profile, seed, System::nanoTime), served.hyperliquid());
    open.push(server);
    wallets.forEach(each -> server.fund(each.who(), each.spot(), each.perp()));
    allowed.forEach(each -> server.approve(each.account(), each.agent()));
    return listening("--hyperliquid", wanted, () -> server.start(wanted));
  }

  private int aster(
      int wanted,
      Deque<AutoCloseable> open,
      ExchangeLoop paced,
      FaultProfile profile,
      List<FundOption> accounts,
      List<FundOption.Agent> allowed) {
    AsterServer server =
        new AsterServer(paced, FaultHook.of(new HttpFaults(profile, seed, System::nanoTime)));
    open.push(server);
    accounts.forEach(account -> fund(server, account));
    allowed.forEach(agent -> server.approve(agent.account(), agent.agent()));
    return listening("--aster", wanted, () -> server.start(wanted));
  }

  private static void fund(AsterServer server, FundOption account) {
    account
        .secret()
        .ifPresentOrElse(
            secret ->
                server.fund(new HmacKey(account.who(), secret), account.spot(), account.perp()),
            () -> server.fund(account.who(), account.spot(), account.perp()));
  }

  private static <T> T listening(String flag, int port, Supplier<T> open) {
    try {
      return open.get();
    } catch (JavalinBindException taken) {
      UsageException usage =
          new UsageException(
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
    return ExitCode.CLEAN.code();
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
      throw new UsageException(
          "--faults is " + file + ": expected all, none or a readable JSON file");
    } catch (IllegalArgumentException wrong) {
      throw new UsageException("--faults " + file + " " + wrong.getMessage());
    }
  }

  /** The lines of an exchange that is open: its URLs, its accounts, its assumptions. */
  private record Banner(boolean json, ExchangeSetup served, BigDecimal speed, String faults) {
    void print(String venue, int port, List<FundOption> accounts, String quote) {
      String url = "http://127.0.0.1:" + port;
      if (json) {
        System.out.println(JsonText.of(fields(venue, url, accounts)));
      } else {
        text(venue, url, accounts, quote);
      }
      System.out.flush();
    }

    private Map<String, Object> fields(String venue, String url, List<FundOption> accounts) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("event", "exchange_open");
      fields.put("venue", venue);
      fields.put("base_url", url);
      fields.put("speed", speed);
      fields.put("time", served.exchange().now().toString());
      fields.put("faults", faults);
      fields.put("accounts", accounts.stream().map(FundOption::who).toList());
      fields.put("assumes", served.world().assumptions());
      return fields;
    }

    private void text(String venue, String url, List<FundOption> accounts, String quote) {
      System.out.println("Our exchange, in the dialect of " + venue + ": " + url);
      accounts.forEach(account ->
          System.out.println(
              "  account "
                  + account.who()
                  + "  spot "
                  + account.spot()
                  + "  perp "
                  + account.perp()
                  + " "
                  + quote));
      if (accounts.isEmpty()) {
        System.out.println("  no account: give --fund 0xADDRESS=1000:1000 to open one");
      }
      System.out.println("  speed " + speed + ", faults " + faults + "; Ctrl-C ends it");
      served
          .world()
          .assumptions()
          .forEach(assumption -> System.out.println("  assumes: " + assumption));
    }
  }
}
