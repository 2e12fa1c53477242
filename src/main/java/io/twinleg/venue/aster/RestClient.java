package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.ServerTime;
import io.twinleg.wire.aster.request.ApiRequest;
import io.twinleg.wire.aster.request.ApiRequest.AuthType;
import io.twinleg.wire.aster.request.ApiRequests;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Signing;
import io.twinleg.wire.aster.request.Signing.OrderNonce;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests, each signed with a stamp in the venue's time. Where the stamp was rejected, the
 * venue's time is requested and the request is sent once more, since the venue has not executed it;
 * an order keeps the nonce that it was prepared with.
 */
final class RestClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** V3: how far from the venue's clock a nonce may be dated. */
  private static final Duration NONCE_WINDOW = Duration.ofSeconds(60);

  /** So far back nonces are dated: what was delayed expires after the rest of the window, 10 s. */
  private static final Duration NONCE_AGE = Duration.ofSeconds(50);

  /** The same for a venue that still has the window of ten seconds of before July 2026. */
  private static final Duration NONCE_AGE_BEFORE = Duration.ofSeconds(3);

  /** What the venue grants a stamp beyond its window, and our measurement of its clock errs by. */
  private static final Duration STAMP_MARGIN = Duration.ofSeconds(1);

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int START_ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  private final AsterSettings settings;
  private final AsterClockSync clockSync;
  private final Consumer<Event> onEvent;
  private final RestHost spot;
  private final RestHost perp;
  private final AtomicLong lastNonce = new AtomicLong();
  private volatile Duration nonceAge = NONCE_AGE;

  /**
   * @param onEvent receives an event when the clocks diverge
   */
  RestClient(AsterSettings settings, AsterClockSync time, Consumer<Event> onEvent) {
    this.settings = settings;
    this.clockSync = time;
    this.onEvent = onEvent;
    spot = host(Leg.SPOT);
    perp = host(Leg.PERP);
  }

  private RestHost host(Leg leg) {
    return new RestHost(leg, settings.url(leg), clockSync.clock().speed());
  }

  private RestHost of(Leg leg) {
    return leg == Leg.SPOT ? spot : perp;
  }

  /**
   * @throws VenueException with a sentence for the operator, when Aster cannot be reached or this
   *     machine's clock is far off
   */
  static AsterClockSync requestTime(AsterSettings settings) {
    try (RestClient rest = new RestClient(settings, AsterClockSync.unknown(), fact -> {})) {
      VenueClock wall = VenueClock.wall();
      AsterClockSync sync =
          retried(() -> {
            Instant requested = wall.instant();
            ServerTime time = rest.serverTime();
            return AsterClockSync.of(
                wall, requested, isOnThisMachine(settings) ? time : time.atRealTime());
          });
      while (!sync.isCertain()) {
        retried(() -> {
          Instant requested = wall.instant();
          return sync.addSample(requested, rest.serverTime());
        });
      }
      sync.requireSmallOffset();
      return sync;
    }
  }

  private ServerTime serverTime() {
    return ServerTime.read(body(once(ApiRequests.time(Leg.PERP), TIMEOUT, 0)));
  }

  /** Only our own exchange runs faster than real time; a venue that says so is not believed. */
  private static boolean isOnThisMachine(AsterSettings settings) {
    return LOOPBACK.contains(String.valueOf(URI.create(settings.futuresUrl()).getHost()));
  }

  /**
   * For what a start needs, on a thread that may wait: a request that failed is repeated, a few
   * times and with growing pauses. An interrupt ends it.
   */
  static <T> T retried(Supplier<T> read) {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
    for (int attempt = 1; ; attempt++) {
      try {
        return MalformedMessage.ofImpossible(read);
      } catch (VenueException failure) {
        if (!failure.isRetryable() || attempt == START_ATTEMPTS) {
          throw failure;
        }
      } catch (MalformedMessage unreadable) {
        if (attempt == START_ATTEMPTS) {
          throw new VenueException(
              "Aster's answer cannot be read (" + unreadable.detail() + "): start again later",
              true);
        }
      }
      pause(backoff.next());
    }
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueException("interrupted while waiting for Aster", true);
    }
  }

  // ---- requests

  /** The body of a successful response; throws a sentence for the operator otherwise. */
  JsonNode require(ApiRequest call) {
    return body(call(call));
  }

  ApiResult call(ApiRequest call) {
    return call(call, TIMEOUT);
  }

  ApiResult call(ApiRequest call, Duration timeout) {
    ApiResult result = once(call, timeout, 0);
    if (isAboutTheStamp(result)) {
      clockSync.clock().offset().forget();
      syncTime(call.leg());
      nonceAge = NONCE_AGE_BEFORE;
      return once(call, timeout, 0);
    }
    return result;
  }

  /** Under this nonce and no other: of it at most one request is executed. */
  ApiResult call(ApiRequest call, Duration timeout, OrderNonce nonce) {
    ApiResult result = once(call, timeout, nonce.micros());
    if (isAboutTheStamp(result)) {
      syncTime(call.leg());
    }
    return result;
  }

  private static boolean isAboutTheStamp(ApiResult result) {
    return result instanceof ApiResult.Rejected refused
        && (refused.error().code() == ErrorReply.CLOCK
            || refused.error().code() == ErrorReply.NONCE);
  }

  void syncTime() {
    syncTime(Leg.PERP);
  }

  /** Without a readable response the old offset stands. */
  private void syncTime(Leg leg) {
    Instant requested = clockSync.clock().instant();
    if (once(ApiRequests.time(leg), TIMEOUT, 0) instanceof ApiResult.Success success) {
      clockSync.update(requested, ServerTime.read(success.body()), onEvent);
    }
  }

  private ApiResult once(ApiRequest call, Duration timeout, long nonce) {
    return of(call.leg()).send(call, request(call, timeout, nonce));
  }

  private HttpRequest request(ApiRequest call, Duration timeout, long nonce) {
    String url = of(call.leg()).url() + version().path(call.leg(), call.resource());
    String text = signed(call, nonce);
    HttpRequest.Builder builder =
        call.hasBody()
            ? HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(call.method(), HttpRequest.BodyPublishers.ofString(text))
            : HttpRequest.newBuilder(URI.create(text.isEmpty() ? url : url + "?" + text))
                .method(call.method(), HttpRequest.BodyPublishers.noBody());
    if (call.security() != AuthType.PUBLIC) {
      settings
          .signing()
          .flatMap(Signing::apiKey)
          .ifPresent(key -> builder.header("X-MBX-APIKEY", key));
    }
    return builder.timeout(timeout).build();
  }

  private String signed(ApiRequest call, long nonce) {
    boolean bare =
        switch (call.security()) {
          case PUBLIC -> true;
          case STREAM -> settings.signing().isPresent() && version() == ApiVersion.V1;
          case SIGNED -> false;
        };
    if (bare) {
      return call.params().encoded();
    }
    Signing by = settings.signing().orElseThrow(RestClient::noCredentials);
    return by.signed(call.params(), nonce != 0 ? nonce : stamp());
  }

  // ---- stamps

  ApiVersion version() {
    return settings.signing().map(Signing::version).orElse(ApiVersion.V1);
  }

  private long stamp() {
    if (version() == ApiVersion.V1) {
      return clockSync.millis();
    }
    long dated = (clockSync.millis() - ofVenue(nonceAge).toMillis()) * 1000;
    return lastNonce.updateAndGet(last -> Math.max(last + 1, dated));
  }

  /** For an order; empty with V1, whose requests have none. */
  Optional<OrderNonce> newNonce() {
    return version() == ApiVersion.V3 ? Optional.of(new OrderNonce(stamp())) : Optional.empty();
  }

  /** A journal's nonce: none below it is used again. */
  void restore(OrderNonce nonce) {
    lastNonce.accumulateAndGet(nonce.micros(), Math::max);
  }

  /** By the venue's clock: from when on it no longer takes what bears this nonce. */
  Instant expiry(OrderNonce nonce) {
    return Instant.ofEpochMilli(nonce.micros() / 1000)
        .plus(ofVenue(NONCE_WINDOW.plus(STAMP_MARGIN)));
  }

  /** The same for what was stamped at this time of the venue's or before. */
  Instant expiry(Instant stampedBy) {
    Duration window =
        settings
            .signing()
            .filter(Signing.ByKey.class::isInstance)
            .map(by -> ((Signing.ByKey) by).window())
            .orElse(NONCE_WINDOW);
    return stampedBy.plus(ofVenue(window.plus(STAMP_MARGIN)));
  }

  private Duration ofVenue(Duration real) {
    return clockSync.clock().venueTime(real);
  }

  // ---- sentences

  private JsonNode body(ApiResult answer) {
    return switch (answer) {
      case ApiResult.Success success -> success.body();
      case ApiResult.Rejected refused -> throw failure(refused.error());
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

  private static VenueException noCredentials() {
    return new VenueException(
        "this needs an Aster account: give credentials.api_key and credentials.api_secret, or"
            + " credentials.user and credentials.signer_key",
        false);
  }

  private VenueException failure(ErrorReply error) {
    return new VenueException(sentence(error), error.isTemporary());
  }

  private String sentence(ErrorReply error) {
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
      case -1000, -1002 -> signer() + code;
      case -5050 ->
          "the wallet credentials.user has never made a deposit on Aster: make one first" + code;
      case ErrorReply.UNKNOWN_SYMBOL -> "Aster lists no such symbol" + code;
      default -> "Aster rejected the request" + code;
    };
  }

  private String signer() {
    return settings.signing().orElse(null) instanceof Signing.ByWallet by
        ? "the key behind credentials.signer_key ("
            + by.agent().address()
            + ") is no approved API wallet of credentials.user "
            + by.user()
            + ": approve it on Aster's API page"
        : "Aster rejected the request";
  }

  @Override
  public void close() {
    spot.close();
    perp.close();
  }
}
