package io.hypercarry.venue.aster;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.Leg;
import io.hypercarry.protocol.aster.Answer;
import io.hypercarry.protocol.aster.Call;
import io.hypercarry.protocol.aster.Calls;
import io.hypercarry.protocol.aster.ErrorReply;
import io.hypercarry.protocol.aster.Generation;
import io.hypercarry.protocol.aster.Security;
import io.hypercarry.protocol.aster.ServerTime;
import io.hypercarry.protocol.aster.Signing;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests and their answers. Signs each with a fresh stamp; asks for the venue's time and tries
 * once more where the stamp was the trouble (the venue has not executed such a request); keeps
 * still for as long as the venue says.
 */
final class Rest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How far back a nonce is dated: a request that is lost for a while then dies by itself. */
  private static final long NONCE_AGE_MICROS = 3_000_000;

  private static final long USUAL_BACK_OFF_SECONDS = 10;
  private static final long BAN_SECONDS = 120;

  private final AsterSettings settings;
  private final AsterClock clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final AtomicLong lastNonce = new AtomicLong();
  private volatile long quietUntilNanos = System.nanoTime();

  Rest(AsterSettings settings, AsterClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Before there is a clock. */
  static ServerTime askTime(AsterSettings settings) {
    try (Rest rest = new Rest(settings, new AsterClock(Instant.EPOCH, BigDecimal.ONE))) {
      return ServerTime.read(Told.body(rest.once(Calls.time(Leg.PERP), PATIENCE), settings));
    }
  }

  Answer call(Call call) {
    return call(call, PATIENCE);
  }

  Answer call(Call call, Duration patience) {
    Answer answer = once(call, patience);
    if (answer instanceof Answer.Refused refused && isAboutTheStamp(refused.error())) {
      var unused = syncTime(call.leg());
      return once(call, patience);
    }
    return answer;
  }

  private static boolean isAboutTheStamp(ErrorReply error) {
    return error.code() == ErrorReply.CLOCK || error.code() == ErrorReply.NONCE;
  }

  /** Where the venue does not answer, the old measure stands. Returns what is to be told of it. */
  Optional<Fact> syncTime(Leg leg) {
    Instant before = clock.instant();
    Answer answer = once(Calls.time(leg), PATIENCE);
    if (answer instanceof Answer.Told told) {
      return clock.measured(ServerTime.read(told.body()).time(), before, clock.instant());
    }
    return Optional.empty();
  }

  private Answer once(Call call, Duration patience) {
    if (System.nanoTime() - quietUntilNanos < 0) {
      return new Answer.Throttled(false, "keeping still, as Aster has asked for");
    }
    try {
      HttpResponse<String> response =
          http.send(request(call, patience), HttpResponse.BodyHandlers.ofString());
      Answer answer = Answer.of(response.statusCode(), response.body());
      if (answer instanceof Answer.Throttled throttled) {
        keepStill(throttled, response);
      }
      return answer;
    } catch (IOException e) {
      return new Answer.Unknown("no answer from Aster: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unknown("the program is ending");
    }
  }

  private void keepStill(Answer.Throttled throttled, HttpResponse<String> response) {
    long usual = throttled.banned() ? BAN_SECONDS : USUAL_BACK_OFF_SECONDS;
    long seconds =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(text -> text.matches("[0-9]{1,6}"))
            .map(Long::parseLong)
            .orElse(usual);
    quietUntilNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
  }

  private HttpRequest request(Call call, Duration patience) {
    Generation generation = settings.signing().map(Signing::generation).orElse(Generation.V1);
    String url = settings.url(call.leg()) + generation.path(call.leg(), call.resource());
    String text = signed(call);
    HttpRequest.Builder builder =
        call.hasBody()
            ? HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(call.method(), HttpRequest.BodyPublishers.ofString(text))
            : HttpRequest.newBuilder(URI.create(text.isEmpty() ? url : url + "?" + text))
                .method(call.method(), HttpRequest.BodyPublishers.noBody());
    if (call.security() != Security.PUBLIC) {
      settings
          .signing()
          .flatMap(Signing::apiKey)
          .ifPresent(key -> builder.header("X-MBX-APIKEY", key));
    }
    return builder.timeout(patience).build();
  }

  private String signed(Call call) {
    Optional<Signing> signing = settings.signing();
    boolean bare =
        switch (call.security()) {
          case PUBLIC -> true;
          case STREAM -> signing.filter(by -> by.generation() == Generation.V1).isPresent();
          case SIGNED -> false;
        };
    if (bare) {
      return call.params().encoded();
    }
    Signing by = signing.orElseThrow(() -> Told.noCredentials());
    return by.signed(call.params(), stamp(by.generation()));
  }

  private long stamp(Generation generation) {
    if (generation == Generation.V1) {
      return clock.venueMillis();
    }
    long now = clock.venueMillis() * 1000 - NONCE_AGE_MICROS;
    return lastNonce.updateAndGet(last -> Math.max(last + 1, now));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
