package io.twinleg.wire.aster.request;

import io.twinleg.core.model.Leg;

/**
 * One request, not yet signed.
 *
 * @param weight its request weight
 * @param places counts against the order limits, and its outcome may be unknown
 */
public record ApiRequest(
    String method,
    Leg leg,
    String resource,
    Params params,
    AuthType security,
    int weight,
    boolean places) {

  static ApiRequest open(Leg leg, String resource, Params params, int weight) {
    return new ApiRequest("GET", leg, resource, params, AuthType.PUBLIC, weight, false);
  }

  static ApiRequest read(Leg leg, String resource, Params params, int weight) {
    return new ApiRequest("GET", leg, resource, params, AuthType.SIGNED, weight, false);
  }

  static ApiRequest act(String method, Leg leg, String resource, Params params, int weight) {
    return new ApiRequest(method, leg, resource, params, AuthType.SIGNED, weight, false);
  }

  static ApiRequest stream(String method, Leg leg, Params params) {
    return new ApiRequest(method, leg, "listenKey", params, AuthType.STREAM, 1, false);
  }

  ApiRequest placing() {
    return new ApiRequest(method, leg, resource, params, security, weight, true);
  }

  /** In the query, or in a form: POST and PUT have a body. */
  public boolean hasBody() {
    return method.equals("POST") || method.equals("PUT");
  }

  /** What a resource requires of its caller. */
  public enum AuthType {
    /** Without a key. */
    PUBLIC,
    /** Listen keys: V1 requires only the key's header, V3 a signature. */
    STREAM,
    /** Trading and reading the account. */
    SIGNED
  }
}
