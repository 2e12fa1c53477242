package io.twinleg.wire.aster.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Parameters in the order they are sent. What is signed is what is sent, byte for byte, so that the
 * order matters although the venue takes any.
 */
public final class Params {
  public static final Params NONE = new Params(List.of());

  private record Param(String name, String value) {}

  private final List<Param> params;

  private Params(List<Param> params) {
    this.params = List.copyOf(params);
  }

  /**
   * Reads a query or a form as it came.
   *
   * @throws IllegalArgumentException when it is badly percent-encoded
   */
  public static Params decoded(String text) {
    List<Param> found = new ArrayList<>();
    for (String pair : text.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        found.add(new Param(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8)));
      }
    }
    return new Params(found);
  }

  public Params with(String name, String value) {
    List<Param> longer = new ArrayList<>(params);
    longer.add(new Param(name, value));
    return new Params(longer);
  }

  public Params with(String name, long value) {
    return with(name, Long.toString(value));
  }

  public Params and(Params others) {
    List<Param> longer = new ArrayList<>(params);
    longer.addAll(others.params);
    return new Params(longer);
  }

  /** The first of that name: on the venue the query wins over the body. */
  public Optional<String> get(String name) {
    return params.stream()
        .filter(param -> param.name().equals(name))
        .map(Param::value)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /**
   * Percent-encoded UTF-8, since symbols are not all ASCII. A space would be sent as %20: the two
   * sides of the wire do not agree on a plus sign.
   */
  public String encoded() {
    return params.stream()
        .map(param -> encoded(param.name()) + "=" + encoded(param.value()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** Names only: a value may be a signature. */
  @Override
  public String toString() {
    return params.stream().map(Param::name).collect(Collectors.joining(", "));
  }
}
