package io.twinleg.wire.aster.request;

import io.twinleg.core.model.Leg;

/**
 * The venue's two ways to sign, which have paths of their own on the same hosts: V1 by API key
 * (HMAC), V3 by a wallet's agent (EIP-712).
 */
public enum ApiVersion {
  V1,
  V3;

  /** The path of a resource. Names agree between versions except for three. */
  public String path(Leg leg, String resource) {
    return leg == Leg.SPOT ? spot(resource) : futures(resource);
  }

  private String spot(String resource) {
    return (this == V1 ? "/api/v1/" : "/api/v3/") + resource;
  }

  private String futures(String resource) {
    if (this == V3) {
      return "/fapi/v3/" + (resource.equals("account") ? "accountWithJoinMargin" : resource);
    }
    return switch (resource) {
      case "balance", "positionRisk" -> "/fapi/v2/" + resource;
      case "account" -> "/fapi/v4/account";
      default -> "/fapi/v1/" + resource;
    };
  }
}
