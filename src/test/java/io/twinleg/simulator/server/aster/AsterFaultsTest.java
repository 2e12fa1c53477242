package io.twinleg.simulator.server.aster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.wire.aster.request.ApiRequest;
import io.twinleg.wire.aster.request.ApiRequests;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.NewOrder;
import io.twinleg.wire.aster.request.NewOrder.Tif;
import io.twinleg.wire.aster.request.Signing;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client of Aster meets when the wire is bad, each fault alone and every time. */
class AsterFaultsTest {
  private static final ApiRequest ORDER =
      ApiRequests.place(
          new NewOrder(
              Leg.SPOT,
              "ASTERUSDT",
              Side.BUY,
              Optional.of(Tif.GTX),
              new BigDecimal("20"),
              Optional.of(new BigDecimal("0.5")),
              false,
              "test-1"));

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private AsterServerFixture always(String fault) {
    FaultProfile profile = FaultProfile.read("{\"" + fault + "\":1000,\"throttle_ms\":1000}");
    AsterServerFixture face =
        new AsterServerFixture(1, FaultHook.of(new HttpFaults(profile, 1, System::nanoTime)));
    open.add(face);
    return face;
  }

  private AsterCaller caller(AsterServerFixture face) {
    AsterCaller caller =
        new AsterCaller(
            face.url(), new Signing.ByKey(AsterServerFixture.KEY, Duration.ofSeconds(5)));
    open.add(caller);
    return caller;
  }

  private static int resting(AsterServerFixture face) {
    return face.state(ApiVersion.V1).openOrders().size();
  }

  @Test
  void aRequestThatIsLostIsNotExecuted() {
    AsterServerFixture face = always("drop_before");
    AsterCaller caller = caller(face);
    assertThatThrownBy(() -> caller.send(ORDER)).isInstanceOf(IllegalStateException.class);
    assertThat(resting(face)).isZero();
  }

  @Test
  void anAnswerThatIsLostWasExecuted() {
    AsterServerFixture face = always("drop_after");
    AsterCaller caller = caller(face);
    assertThatThrownBy(() -> caller.send(ORDER)).isInstanceOf(IllegalStateException.class);
    assertThat(resting(face)).isEqualTo(1);
  }

  @Test
  void aServerErrorIsAPageOfHtmlAndNothingWasExecuted() {
    AsterServerFixture face = always("server_error");
    HttpResponse<String> answer = caller(face).send(ORDER);
    assertThat(answer.statusCode()).isBetween(500, 599);
    assertThat(answer.body()).startsWith("<html>");
    assertThat(resting(face)).isZero();
  }

  @Test
  void aTruncatedAnswerIsNoJsonAndWasExecuted() {
    AsterServerFixture face = always("truncate");
    HttpResponse<String> answer = caller(face).send(ORDER);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{").doesNotEndWith("}");
    assertThat(resting(face)).isEqualTo(1);
  }

  @Test
  void aClientThatSendsDuringItsBackOffIsBanned() {
    AsterServerFixture face = always("throttle");
    AsterCaller caller = caller(face);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      HttpResponse<String> answer = caller.send(ORDER);
      assertThat(answer.body()).contains("-1003");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      statuses.add(answer.statusCode());
    }
    assertThat(statuses).containsExactly(429, 429, 429, 418);
    assertThat(resting(face)).isZero();
  }
}
