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
import io.hypercarry.venue.VenueFault;
import io.hypercarry.venue.link.VenueClock;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Requests and their answers. Signs each with a fresh stamp; asks for the venue's time and tries
 * once more where the stamp was the trouble: the venue has not executed such a request.
 */
final class Rest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How far back a nonce is dated: a request that is lost for a while then dies by itself. */
  private static final long NONCE_AGE_MICROS = 3_000_000;

  private final AsterSettings settings;
  private final VenueTime time;
  private final Consumer<Fact> news;
  private final Host spot;
  private final Host perp;
  private final AtomicLong lastNonce = new AtomicLong();

  /**
   * @param news hears of it when the venue's clock and ours part
   */
  Rest(AsterSettings settings, VenueTime time, Consumer<Fact> news) {
    this.settings = settings;
    this.time = time;
    this.news = news;
    spot = host(Leg.SPOT);
    perp = host(Leg.PERP);
  }

  private Host host(Leg leg) {
    return new Host(settings.url(leg), Weights.budget(leg, time.clock().speed()));
  }

  private Host of(Leg leg) {
    return leg == Leg.SPOT ? spot : perp;
  }

  /**
   * @throws VenueFault with a sentence for the operator, when Aster cannot be reached or this
   *     machine's clock is far off
   */
  static VenueTime askTime(AsterSettings settings) {
    try (Rest rest = new Rest(settings, VenueTime.unknown(), fact -> {})) {
      VenueClock wall = VenueClock.wall();
      Instant asked = wall.instant();
      Answer answer = rest.once(Calls.time(Leg.PERP), PATIENCE);
      return VenueTime.of(wall, asked, ServerTime.read(Told.body(answer, settings)));
    }
  }

  Answer call(Call call) {
    return call(call, PATIENCE);
  }

  Answer call(Call call, Duration patience) {
    Answer answer = once(call, patience);
    if (answer instanceof Answer.Refused refused && isAboutTheStamp(refused.error())) {
      syncTime(call.leg());
      return once(call, patience);
    }
    return answer;
  }

  private static boolean isAboutTheStamp(ErrorReply error) {
    return error.code() == ErrorReply.CLOCK || error.code() == ErrorReply.NONCE;
  }

  /** Where the venue does not answer, the old measure stands. */
  void syncTime(Leg leg) {
    Instant asked = time.clock().instant();
    if (once(Calls.time(leg), PATIENCE) instanceof Answer.Told told) {
      time.look(asked, ServerTime.read(told.body()), news);
    }
  }

  private Answer once(Call call, Duration patience) {
    return of(call.leg()).ask(call, request(call, patience));
  }

  private HttpRequest request(Call call, Duration patience) {
    Generation generation = settings.signing().map(Signing::generation).orElse(Generation.V1);
    String url = of(call.leg()).url() + generation.path(call.leg(), call.resource());
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
      return time.millis();
    }
    long now = time.millis() * 1000 - NONCE_AGE_MICROS;
    return lastNonce.updateAndGet(last -> Math.max(last + 1, now));
  }

  @Override
  public void close() {
    spot.close();
    perp.close();
  }
}
