package io.hypercarry.exchange.aster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Side;
import io.hypercarry.exchange.server.FaultProfile;
import io.hypercarry.exchange.server.WireFaults;
import io.hypercarry.protocol.aster.Call;
import io.hypercarry.protocol.aster.Calls;
import io.hypercarry.protocol.aster.Generation;
import io.hypercarry.protocol.aster.NewOrder;
import io.hypercarry.protocol.aster.Signing;
import io.hypercarry.protocol.aster.Tif;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client of Aster meets when the wire is bad, each fault alone and every time. */
class AsterWireTest {
  private static final Call ORDER =
      Calls.place(
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

  private FaceFixture always(String fault) {
    FaultProfile profile = FaultProfile.read("{\"" + fault + "\":1000,\"throttle_ms\":1000}");
    FaceFixture face = new FaceFixture(1, Wire.of(new WireFaults(profile, 1, System::nanoTime)));
    open.add(face);
    return face;
  }

  private Caller caller(FaceFixture face) {
    Caller caller =
        new Caller(face.url(), new Signing.ByKey(FaceFixture.KEY, Duration.ofSeconds(5)));
    open.add(caller);
    return caller;
  }

  private static int resting(FaceFixture face) {
    return face.state(Generation.V1).openOrders().size();
  }

  @Test
  void aRequestThatIsLostIsNotExecuted() {
    FaceFixture face = always("drop_before");
    Caller caller = caller(face);
    assertThatThrownBy(() -> caller.send(ORDER)).isInstanceOf(IllegalStateException.class);
    assertThat(resting(face)).isZero();
  }

  @Test
  void anAnswerThatIsLostWasExecuted() {
    FaceFixture face = always("drop_after");
    Caller caller = caller(face);
    assertThatThrownBy(() -> caller.send(ORDER)).isInstanceOf(IllegalStateException.class);
    assertThat(resting(face)).isEqualTo(1);
  }

  @Test
  void aServerErrorIsAPageOfHtmlAndNothingWasExecuted() {
    FaceFixture face = always("server_error");
    HttpResponse<String> answer = caller(face).send(ORDER);
    assertThat(answer.statusCode()).isBetween(500, 599);
    assertThat(answer.body()).startsWith("<html>");
    assertThat(resting(face)).isZero();
  }

  @Test
  void aTruncatedAnswerIsNoJsonAndWasExecuted() {
    FaceFixture face = always("truncate");
    HttpResponse<String> answer = caller(face).send(ORDER);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{").doesNotEndWith("}");
    assertThat(resting(face)).isEqualTo(1);
  }

  @Test
  void whoGoesOnAskingWhileHeIsToWaitIsBanned() {
    FaceFixture face = always("throttle");
    Caller caller = caller(face);
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
