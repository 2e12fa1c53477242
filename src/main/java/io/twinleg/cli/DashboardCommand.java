package io.twinleg.cli;

import io.javalin.util.JavalinBindException;
import io.twinleg.bootstrap.UsageException;
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
    if (port < 0 || port > 65_535) {
      throw new UsageException("the dashboard's port is " + port + ": expected 0 to 65535");
    }
    DashboardServer page =
        new DashboardServer(
            journal, text -> RunConfig.parse(text).settings(), InstantSource.system());
    try {
      int opened = page.start(port);
      System.err.println("page   http://127.0.0.1:" + opened + "/");
      System.err.println(
          "token  "
              + page.token()
              + "   (asked for by the page to pause, resume, flatten or kill)");
      return page;
    } catch (JavalinBindException taken) {
      page.close();
      throw new UsageException(
          "port "
              + port
              + " of 127.0.0.1 is in use: give the dashboard another port, or 0 for any");
    }
  }
}
