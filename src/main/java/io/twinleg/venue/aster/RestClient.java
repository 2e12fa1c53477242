package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.ServerTime;
import io.twinleg.wire.aster.request.ApiRequest;
import io.twinleg.wire.aster.request.ApiRequest.AuthType;
import io.twinleg.wire.aster.request.ApiRequests;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Signing;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sends requests. Signs each with a fresh stamp; where the stamp was rejected, requests the venue's
 * time and sends once more: the venue has not executed such a request.
 */
final class RestClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** How far back a nonce is dated, so that a delayed request expires early. */
  private static final long NONCE_AGE_MICROS = 3_000_000;

  private final AsterSettings settings;
  private final AsterClockSync clockSync;
  private final Consumer<Event> onEvent;
  private final RestHost spot;
  private final RestHost perp;
  private final AtomicLong lastNonce = new AtomicLong();

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
      Instant requested = wall.instant();
      ApiResult result = rest.once(ApiRequests.time(Leg.PERP), TIMEOUT);
      return AsterClockSync.of(wall, requested, ServerTime.read(Responses.body(result, settings)));
    }
  }

  ApiResult call(ApiRequest call) {
    return call(call, TIMEOUT);
  }

  ApiResult call(ApiRequest call, Duration timeout) {
    ApiResult result = once(call, timeout);
    if (result instanceof ApiResult.Rejected refused && isAboutTheStamp(refused.error())) {
      clockSync.clock().offset().forget();
      syncTime(call.leg());
      return once(call, timeout);
    }
    return result;
  }

  private static boolean isAboutTheStamp(ErrorReply error) {
    return error.code() == ErrorReply.CLOCK || error.code() == ErrorReply.NONCE;
  }

  /** Without a response the old offset stands. */
  void syncTime(Leg leg) {
    Instant requested = clockSync.clock().instant();
    if (once(ApiRequests.time(leg), TIMEOUT) instanceof ApiResult.Success success) {
      clockSync.update(requested, ServerTime.read(success.body()), onEvent);
    }
  }

  private ApiResult once(ApiRequest call, Duration timeout) {
    return of(call.leg()).send(call, request(call, timeout));
  }

  private HttpRequest request(ApiRequest call, Duration timeout) {
    ApiVersion generation = settings.signing().map(Signing::version).orElse(ApiVersion.V1);
    String url = of(call.leg()).url() + generation.path(call.leg(), call.resource());
    String text = signed(call);
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

  private String signed(ApiRequest call) {
    Optional<Signing> signing = settings.signing();
    boolean bare =
        switch (call.security()) {
          case PUBLIC -> true;
          case STREAM -> signing.filter(by -> by.version() == ApiVersion.V1).isPresent();
          case SIGNED -> false;
        };
    if (bare) {
      return call.params().encoded();
    }
    Signing by = signing.orElseThrow(() -> Responses.noCredentials());
    return by.signed(call.params(), stamp(by.version()));
  }

  private long stamp(ApiVersion generation) {
    if (generation == ApiVersion.V1) {
      return clockSync.millis();
    }
    long now = clockSync.millis() * 1000 - NONCE_AGE_MICROS;
    return lastNonce.updateAndGet(last -> Math.max(last + 1, now));
  }

  @Override
  public void close() {
    spot.close();
    perp.close();
  }
}
