package io.hypercarry.venue.aster;

import io.hypercarry.protocol.aster.Answer;
import io.hypercarry.protocol.aster.ErrorReply;
import io.hypercarry.protocol.aster.Generation;
import io.hypercarry.protocol.aster.Signing;
import io.hypercarry.venue.VenueFault;
import tools.jackson.databind.JsonNode;

/** What was told, or one sentence why it was not, for the operator. */
final class Told {
  private Told() {}

  static JsonNode body(Answer answer, AsterSettings settings) {
    return switch (answer) {
      case Answer.Told told -> told.body();
      case Answer.Refused refused -> throw fault(refused.error(), settings);
      case Answer.Throttled throttled ->
          throw new VenueFault(
              "Aster has had too many requests from this address ("
                  + throttled.text()
                  + "): wait a few minutes and start again",
              true);
      case Answer.Unknown unknown ->
          throw new VenueFault(
              "Aster at "
                  + settings.futuresUrl()
                  + " does not answer as it should ("
                  + unknown.text()
                  + "): check credentials.base_url, credentials.spot_base_url and the network",
              true);
    };
  }

  static VenueFault noCredentials() {
    return new VenueFault(
        "this needs an Aster account: give credentials.api_key and credentials.api_secret, or"
            + " credentials.user and credentials.signer_key",
        false);
  }

  private static VenueFault fault(ErrorReply error, AsterSettings settings) {
    return new VenueFault(sentence(error, settings), false);
  }

  private static String sentence(ErrorReply error, AsterSettings settings) {
    String said = " (Aster says " + error + ")";
    return switch (error.code()) {
      case -2014, -2015 ->
          "credentials.api_key is no key that Aster knows, or not allowed from this address: check"
              + " the key, its rights and its list of addresses"
              + said;
      case -1022 ->
          "credentials.api_secret does not belong to credentials.api_key: put in the secret that"
              + " was shown with this key"
              + said;
      case ErrorReply.CLOCK, ErrorReply.NONCE ->
          "this machine's clock disagrees with Aster's: set it by NTP and start again" + said;
      case -1000, -1002 -> wallet(settings) + said;
      case -5050 ->
          "the wallet credentials.user has never made a deposit on Aster: make one first" + said;
      case ErrorReply.UNKNOWN_SYMBOL -> "Aster lists no such symbol" + said;
      default -> "Aster did not do it" + said;
    };
  }

  private static String wallet(AsterSettings settings) {
    return settings.signing().filter(by -> by.generation() == Generation.V3).isPresent()
        ? signer(settings.signing().orElseThrow())
        : "Aster did not take the request";
  }

  private static String signer(Signing signing) {
    return switch (signing) {
      case Signing.ByWallet by ->
          "the key behind credentials.signer_key ("
              + by.agent().address()
              + ") is no approved API wallet of credentials.user "
              + by.user()
              + ": approve it on Aster's API page";
      case Signing.ByKey by -> "Aster did not take the request";
    };
  }
}
