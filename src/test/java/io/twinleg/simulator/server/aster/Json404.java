package io.twinleg.simulator.server.aster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Only the status. */
final class Json404 {
  private Json404() {}

  static int status(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      return connection.getResponseCode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
