package io.hypercarry.protocol.aster;

import io.hypercarry.core.model.Leg;

/**
 * One request, not yet signed.
 *
 * @param weight what it takes of the minute's budget
 * @param places takes of the budget of orders, and its outcome may be unknown
 */
public record Call(
    String method,
    Leg leg,
    String resource,
    Params params,
    Security security,
    int weight,
    boolean places) {

  static Call open(Leg leg, String resource, Params params, int weight) {
    return new Call("GET", leg, resource, params, Security.PUBLIC, weight, false);
  }

  static Call read(Leg leg, String resource, Params params, int weight) {
    return new Call("GET", leg, resource, params, Security.SIGNED, weight, false);
  }

  static Call act(String method, Leg leg, String resource, Params params, int weight) {
    return new Call(method, leg, resource, params, Security.SIGNED, weight, false);
  }

  static Call stream(String method, Leg leg, Params params) {
    return new Call(method, leg, "listenKey", params, Security.STREAM, 1, false);
  }

  Call placing() {
    return new Call(method, leg, resource, params, security, weight, true);
  }

  /** In the query, or in a form: POST and PUT have a body. */
  public boolean hasBody() {
    return method.equals("POST") || method.equals("PUT");
  }
}
