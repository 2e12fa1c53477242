package io.twinleg.wire.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiResultTest {
  private static final String PAGE = "<html><body>Internal Server Error</body></html>";

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void noServerErrorMeansThatNothingHappened(int status) {
    assertThat(ApiResult.of(status, PAGE)).isInstanceOf(ApiResult.Unknown.class);
    assertThat(ApiResult.of(status, "{\"code\":-2010,\"msg\":\"x\"}"))
        .isInstanceOf(ApiResult.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1000, -1001, -1006, -1007})
  void someCodesMeanAnUnknownOutcome(int code) {
    assertThat(ApiResult.of(400, "{\"code\":%d,\"msg\":\"Timeout\"}".formatted(code)))
        .isInstanceOf(ApiResult.Unknown.class);
  }

  @Test
  void anErrorComesWithAnyStatus() {
    assertThat(ApiResult.of(200, "{\"code\":-2018,\"msg\":\"Balance is insufficient.\"}"))
        .isEqualTo(new ApiResult.Rejected(new ErrorReply(-2018, "Balance is insufficient.")));
    assertThat(ApiResult.of(200, "{\"code\":\"200\",\"msg\":\"done\"}"))
        .isInstanceOf(ApiResult.Success.class);
  }

  @Test
  void aPageThatIsNotJsonIsUnknownEvenWithStatus200() {
    assertThat(ApiResult.of(200, PAGE)).isInstanceOf(ApiResult.Unknown.class);
    assertThat(ApiResult.of(403, PAGE)).isInstanceOf(ApiResult.Unknown.class);
    assertThat(ApiResult.of(200, "")).isInstanceOf(ApiResult.Unknown.class);
  }

  @Test
  void tooManyRequestsAreNotExecuted() {
    assertThat(ApiResult.of(429, "{\"code\":-1003,\"msg\":\"Too many requests\"}"))
        .isEqualTo(new ApiResult.Throttled(false, "-1003 Too many requests"));
    assertThat(ApiResult.of(418, "")).isEqualTo(new ApiResult.Throttled(true, "too many requests"));
  }

  @Test
  void anUnapprovedAgentIsAnErrorOfCredentialsAndNoAmbiguity() {
    ErrorReply error = new ErrorReply(-1000, "Signature check failed");
    assertThat(error.isAmbiguous()).isFalse();
    assertThat(error.reason(Leg.SPOT)).isEqualTo(RejectReason.SIGNER_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "-1015, RATE_LIMIT",
    "-1021, EXPIRED",
    "-1022, SIGNER_UNKNOWN",
    "-2015, SIGNER_UNKNOWN",
    "-2018, INSUFFICIENT_SPOT_BALANCE",
    "-2019, INSUFFICIENT_MARGIN",
    "-2021, BAD_ALO_PRICE",
    "-5022, BAD_ALO_PRICE",
    "-2022, REDUCE_ONLY",
    "-4004, MIN_NOTIONAL",
    "-4014, TICK",
    "-4016, ORACLE_BAND",
    "-4164, MIN_NOTIONAL",
    "-5060, ORACLE_BAND",
    "-5076, MIN_NOTIONAL",
    "-2011, MISSING_ORDER",
    "-9999, OTHER"
  })
  void eachCodeHasOneMeaning(int code, RejectReason reason) {
    assertThat(new ErrorReply(code, "").reason(Leg.SPOT)).isEqualTo(reason);
  }

  @Test
  void aGenericRejectIsReadByItsText() {
    assertThat(reason("Account has insufficient balance for requested action."))
        .isEqualTo(RejectReason.INSUFFICIENT_SPOT_BALANCE);
    assertThat(reason("Order would immediately match and take."))
        .isEqualTo(RejectReason.BAD_ALO_PRICE);
    assertThat(reason("Duplicate order sent.")).isEqualTo(RejectReason.OTHER);
  }

  private static RejectReason reason(String text) {
    return new ErrorReply(-2010, text).reason(Leg.SPOT);
  }
}
