package io.twinleg.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The URL of a venue: encrypted, unless it is on this machine. */
public final class VenueUrl {
  public static final String EXPECTED =
      "a URL that begins with https:// (http:// only for 127.0.0.1, localhost and [::1])";

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  private VenueUrl() {}

  /** In lower case and without a slash at its end, so that one venue has one name. */
  public static Optional<String> normal(String text) {
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
    boolean isBare =
        url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
    return isBare && url.getPort() <= 65_535 && isEncryptedOrLoopback(url);
  }

  private static boolean isEncryptedOrLoopback(URI url) {
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
