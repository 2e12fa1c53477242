package io.twinleg.cli;

import io.javalin.util.JavalinBindException;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.cli.options.JournalOption;
import io.twinleg.config.RunConfig;
import io.twinleg.core.model.ExitCode;
import io.twinleg.dashboard.DashboardServer;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "dashboard",
    description =
        "Serve a page over a journal on 127.0.0.1: of a run that goes on, or that is over.",
    footer = {
      "",
      "Example: the page of the live run, beside it",
      "  ./twinleg dashboard --state-db state/live.db"
    })
final class DashboardCommand implements Callable<Integer> {
  @Mixin JournalOption journals = new JournalOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = FlagValues.Port.class,
      description = "The port on 127.0.0.1 (0: any free one; default: ${DEFAULT-VALUE}).")
  int port = DashboardServer.DEFAULT_PORT;

  @Override
  public Integer call() throws InterruptedException {
    Path journal = journals.file();
    try (JournalReader reader = SqliteJournal.openReadOnly(journal)) {
      reader.identity();
    }
    CountDownLatch end = new CountDownLatch(1);
    SignalHandler.handle(name -> end.countDown());
    DashboardServer page = serve(journal, port);
    try {
      System.out.println("Ctrl-C ends the page; no run is touched by that.");
      end.await();
    } finally {
      page.close();
    }
    return ExitCode.CLEAN.code();
  }

  /** Opens the page and prints where it is, and the token that acting needs, this once. */
  static DashboardServer serve(Path journal, int port) {
    DashboardServer page = server(journal, DashboardServer.Content.PAGE);
    System.err.println("page   http://127.0.0.1:" + opened(page, port) + "/");
    System.err.println(
        "token  " + page.token() + "   (asked for by the page to pause, resume, flatten or kill)");
    return page;
  }

  /** Opens the metrics without the page, and prints where they are. */
  static DashboardServer serveMetrics(Path journal, int port) {
    return announced(server(journal, DashboardServer.Content.METRICS_ALONE), port);
  }

  /** The same beside a page, of what that reads. */
  static DashboardServer serveMetrics(DashboardServer page, int port) {
    return announced(page.metricsAlone(), port);
  }

  private static DashboardServer announced(DashboardServer metrics, int port) {
    System.err.println("metrics http://127.0.0.1:" + opened(metrics, port) + "/metrics");
    return metrics;
  }

  private static DashboardServer server(Path journal, DashboardServer.Content content) {
    return new DashboardServer(
        journal, content, text -> RunConfig.parse(text).settings(), InstantSource.system());
  }

  private static int opened(DashboardServer page, int port) {
    try {
      return page.start(port);
    } catch (JavalinBindException taken) {
      page.close();
      throw new UsageException(
          "port " + port + " of 127.0.0.1 is in use: give another port, or 0 for any");
    }
  }
}
