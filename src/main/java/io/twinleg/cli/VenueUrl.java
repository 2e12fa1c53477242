package io.twinleg.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a venue is spoken to: encrypted, unless it stands on this machine. */
final class VenueUrl {
  static final String EXPECTED =
      "a URL that begins with https:// (http:// only for 127.0.0.1, localhost and [::1])";

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  private VenueUrl() {}

  /** In lower case and without a slash at its end, so that one venue has one name. */
  static Optional<String> normal(String text) {
    try {
      URI url = new URI(text.strip());
      return isAllowed(url) ? Optional.of(withoutSlash(url)) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isAllowed(URI url) {
    if (url.getScheme() == null || url.getHost() == null) {
      return false;
    }
    boolean bare =
        url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
    return bare && url.getPort() <= 65_535 && isSafe(url);
  }

  private static boolean isSafe(URI url) {
    return switch (url.getScheme().toLowerCase(Locale.ROOT)) {
      case "https" -> true;
      case "http" -> LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT));
      default -> false;
    };
  }

  private static String withoutSlash(URI url) {
    String site = (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
    return site + url.getRawPath().replaceAll("/+$", "");
  }
}
