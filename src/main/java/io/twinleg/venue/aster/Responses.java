package io.twinleg.venue.aster;

import io.twinleg.venue.VenueException;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Signing;
import tools.jackson.databind.JsonNode;

/** The body of a response, or one sentence for the operator. */
final class Responses {
  private Responses() {}

  static JsonNode body(ApiResult answer, AsterSettings settings) {
    return switch (answer) {
      case ApiResult.Success success -> success.body();
      case ApiResult.Rejected refused -> throw failure(refused.error(), settings);
      case ApiResult.Throttled throttled ->
          throw new VenueException(
              "Aster has received too many requests from this address ("
                  + throttled.text()
                  + "): wait a few minutes and start again",
              true);
      case ApiResult.Unknown unknown ->
          throw new VenueException(
              "Aster at "
                  + settings.futuresUrl()
                  + " does not answer as it should ("
                  + unknown.text()
                  + "): check credentials.base_url, credentials.spot_base_url and the network",
              true);
    };
  }

  static VenueException noCredentials() {
    return new VenueException(
        "this needs an Aster account: give credentials.api_key and credentials.api_secret, or"
            + " credentials.user and credentials.signer_key",
        false);
  }

  private static VenueException failure(ErrorReply error, AsterSettings settings) {
    return new VenueException(sentence(error, settings), false);
  }

  private static String sentence(ErrorReply error, AsterSettings settings) {
    String code = " (Aster: " + error + ")";
    return switch (error.code()) {
      case -2014, -2015 ->
          "credentials.api_key is unknown to Aster, or not allowed from this address: check"
              + " the key, its rights and its list of addresses"
              + code;
      case -1022 ->
          "credentials.api_secret does not belong to credentials.api_key: put in the secret that"
              + " was shown with this key"
              + code;
      case ErrorReply.CLOCK, ErrorReply.NONCE ->
          "this machine's clock disagrees with Aster's: set it by NTP and start again" + code;
      case -1000, -1002 -> wallet(settings) + code;
      case -5050 ->
          "the wallet credentials.user has never made a deposit on Aster: make one first" + code;
      case ErrorReply.UNKNOWN_SYMBOL -> "Aster lists no such symbol" + code;
      default -> "Aster rejected the request" + code;
    };
  }

  private static String wallet(AsterSettings settings) {
    return settings.signing().filter(by -> by.version() == ApiVersion.V3).isPresent()
        ? signer(settings.signing().orElseThrow())
        : "Aster rejected the request";
  }

  private static String signer(Signing signing) {
    return switch (signing) {
      case Signing.ByWallet by ->
          "the key behind credentials.signer_key ("
              + by.agent().address()
              + ") is no approved API wallet of credentials.user "
              + by.user()
              + ": approve it on Aster's API page";
      case Signing.ByKey by -> "Aster rejected the request";
    };
  }
}
