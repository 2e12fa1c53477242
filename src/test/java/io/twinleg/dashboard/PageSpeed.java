package io.twinleg.dashboard;

import io.twinleg.config.RunConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;

/**
 * How long the page over a journal takes to open; run by hand on a long one, asserts nothing. The
 * first round starts a JVM cold; in every later one all but the journal is warm.
 */
final class PageSpeed {
  private static final int ROUNDS = 5;

  private PageSpeed() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path journal = Path.of(arguments[0]);
    HttpClient client = HttpClient.newHttpClient();
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      try (DashboardServer page =
          new DashboardServer(
              journal,
              DashboardServer.Content.PAGE,
              text -> RunConfig.parse(text).settings(),
              InstantSource.system())) {
        String site = "http://127.0.0.1:" + page.start(0);
        long open = System.nanoTime();
        get(client, site + "/");
        long shown = System.nanoTime();
        while (!get(client, site + "/state").contains("\"report\":")) {
          Thread.sleep(10);
        }
        long figures = System.nanoTime();
        get(client, site + "/history");
        long drawn = System.nanoTime();
        for (String file : new String[] {"/", "/page.js", "/uplot.js", "/state", "/history"}) {
          get(client, site + file);
        }
        System.out.printf(
            Locale.ROOT,
            "server %.3f s; from then on: page %.3f s, figures %.3f s, charts %.3f s; once it is"
                + " read: everything in %.3f s%n",
            seconds(open - begin),
            seconds(shown - open),
            seconds(figures - open),
            seconds(drawn - open),
            seconds(System.nanoTime() - drawn));
      }
    }
  }

  private static String get(HttpClient client, String url)
      throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static double seconds(long nanoseconds) {
    return nanoseconds / 1e9;
  }
}
