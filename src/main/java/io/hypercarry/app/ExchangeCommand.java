package io.hypercarry.app;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "exchange",
    description = "Run our own exchange as a server, for any client of the venue it looks like.",
    footer = {
      "",
      "Example: Aster's spot and futures on one port, an hour a minute",
      "  ./hypercarry exchange --aster 3002 --fund demo:secret=1000:1000 --speed 60"
    })
final class ExchangeCommand implements Callable<Integer> {
  @Option(
      names = "--aster",
      required = true,
      paramLabel = "PORT",
      description = "Aster's face, spot and futures, on this port (0: any free one).")
  int aster;

  @Option(
      names = "--fund",
      paramLabel = "WHO=SPOT:PERP",
      description = "An account: KEY:SECRET=SPOT:PERP, or 0xADDRESS=SPOT:PERP.")
  List<String> funds = new ArrayList<>();

  @Option(
      names = "--agent",
      paramLabel = "ACCOUNT=AGENT",
      description = "A wallet that may sign for the account.")
  List<String> agents = new ArrayList<>();

  @Option(names = "--speed", description = "Seconds of the exchange in one of ours (default: 1).")
  BigDecimal speed = BigDecimal.ONE;

  @Option(names = "--seed", description = "Of its synthetic world (default: 7).")
  long seed = 7;

  @Override
  public Integer call() {
    if (speed.signum() <= 0 || speed.compareTo(BigDecimal.valueOf(1000)) > 0) {
      throw new Usage("--speed is " + speed + ": expected a number above 0, at most 1000");
    }
    CountDownLatch end = new CountDownLatch(1);
    Signals.handle(name -> end.countDown());
    try (AsterStreet street = AsterStreet.open(aster, seed, speed, funds, agents)) {
      System.out.println(
          "Aster's face at http://127.0.0.1:" + street.port() + " (base_url and spot_base_url)");
      end.await();
      return Exit.CLEAN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.CLEAN;
    }
  }
}
