package io.twinleg.venue.aster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.server.aster.AsterServer;
import io.twinleg.simulator.server.aster.AsterServerFixture;
import io.twinleg.simulator.server.aster.FaultHook;
import io.twinleg.smoketest.OrderRoundTrip;
import io.twinleg.smoketest.TestSettings;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.HmacKey;
import io.twinleg.wire.aster.request.Signing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
class AsterLoopTest {
  private static final OrderIdTag BOOK = new OrderIdTag("00000001");

  private Optional<AsterServerFixture> open = Optional.empty();
  private final List<String> output = new ArrayList<>();

  @AfterEach
  void close() {
    open.ifPresent(AsterServerFixture::close);
  }

  @ParameterizedTest
  @CsvSource({"V1, SPOT", "V1, PERP", "V3, SPOT", "V3, PERP"})
  void placesAndCancelsAndLeavesNothing(ApiVersion generation, Leg leg) {
    AsterServerFixture face = face(FaultHook.SOUND);
    assertThat(loop(face, generation, leg)).as(output.toString()).isTrue();
    assertThat(output).anyMatch(line -> line.contains("rests"));
    assertNothingOpen(face, generation);
  }

  /**
   * What a venue's bad minute looks like: each of the first requests of a kind fails, differently.
   */
  private static final class BadMinute implements FaultHook {
    private int placed;
    private int cancelled;

    @Override
    public Optional<Integer> after(String method, String resource) {
      if (resource.equals("order") && method.equals("POST")) {
        return placed++ == 0 ? Optional.of(503) : Optional.empty();
      }
      if (resource.equals("order") && method.equals("DELETE")) {
        return cancelled++ == 0 ? Optional.of(500) : Optional.empty();
      }
      return Optional.empty();
    }

    @Override
    public Optional<Integer> before(String method, String resource) {
      boolean second = resource.equals("order") && method.equals("POST") && placed == 1;
      if (second) {
        placed++;
        return Optional.of(-1001);
      }
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @CsvSource({"SPOT", "PERP"})
  void leavesNothingAlsoWhereAnswersAreLost(Leg leg) {
    AsterServerFixture face = face(new BadMinute(), 1);
    assertThat(loop(face, ApiVersion.V1, leg)).as(output.toString()).isTrue();
    assertNothingOpen(face, ApiVersion.V1);
  }

  @Test
  void theStreamsMayEndInTheMiddle() {
    AsterServerFixture face = face(FaultHook.SOUND);
    try (AsterVenue venue = AsterVenue.open(settings(face, ApiVersion.V1))) {
      Instrument spot = pair(venue).spot();
      OrderRoundTrip loop = loop(venue, spot);
      venue.trading().account();
      face.face().expireListenKeys();
      face.face().cutStreams();
      assertThat(loop.run()).as(output.toString()).isTrue();
    }
    assertNothingOpen(face, ApiVersion.V1);
  }

  // ---- one sentence each, nothing placed

  @Test
  void aWrongKeyIsOneSentence() {
    assertRefused(
        new HmacKey("unknown-key", "the-secret"), "credentials.api_key is unknown to Aster");
  }

  @Test
  void aWrongSecretIsOneSentence() {
    assertRefused(new HmacKey("the-key", "another"), "credentials.api_secret does not belong");
  }

  private void assertRefused(HmacKey key, String sentence) {
    AsterServerFixture face = face(FaultHook.SOUND);
    Signing signing = new Signing.ByKey(key, Duration.ofSeconds(5));
    AsterSettings settings = AsterSettings.of(Optional.of(signing), face.url(), face.url());
    try (AsterVenue venue = AsterVenue.open(settings)) {
      assertThatThrownBy(() -> loop(venue, pair(venue).spot()).run())
          .isInstanceOf(VenueException.class)
          .hasMessageContaining(sentence)
          .hasMessageNotContaining("the-secret");
    }
    assertNothingOpen(face, ApiVersion.V1);
  }

  @Test
  void anUnknownSymbolIsOneSentence() {
    assertUnresolved("NOPE/USDT", "ASTERUSDT", "spot symbol NOPEUSDT is not listed");
    assertUnresolved("ASTER/USDT", "NOPE", "futures symbol NOPEUSDT is not listed");
  }

  @Test
  void aTestSymbolIsRefused() {
    assertUnresolved("TEST/USDT", "ASTERUSDT", "TESTUSDT is a market of Aster's own tests");
  }

  private void assertUnresolved(String spot, String perp, String sentence) {
    AsterServerFixture face = open.orElseGet(() -> face(FaultHook.SOUND));
    try (AsterVenue venue = AsterVenue.open(settings(face, ApiVersion.V1))) {
      DataClient data = venue.marketData();
      assertThatThrownBy(() -> data.resolve(names(spot, perp)))
          .isInstanceOf(VenueException.class)
          .hasMessageContaining(sentence);
    }
  }

  @Test
  void aQuantityUnderTheMinimumIsRejectedByItsCode() {
    AsterServerFixture face = face(FaultHook.SOUND);
    try (AsterVenue venue = AsterVenue.open(settings(face, ApiVersion.V3))) {
      Instrument perp = pair(venue).perp();
      venue.trading().account();
      Command.PlaceOrder tiny =
          new Command.PlaceOrder(
              new ClientOrderId("0x48430100000001000010000000000100"),
              perp.id(),
              Side.BUY,
              Price.of("0.69"),
              Quantity.of("1"),
              TimeInForce.ALO,
              false,
              OrderPurpose.ENTRY);
      venue.trading().send(List.of(new PreparedCommand(tiny, PreparedCommand.NO_ENVELOPE)));
      assertThat(rejection(venue))
          .satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo(RejectReason.MIN_NOTIONAL);
            assertThat(rejected.text()).contains("-4164");
          });
    }
    assertNothingOpen(face, ApiVersion.V3);
  }

  private static Event.OrderRejected rejection(AsterVenue venue) {
    for (Instant bound = Instant.now().plusSeconds(20); Instant.now().isBefore(bound); ) {
      Optional<EventSource.Received> arrival = venue.events().await(Instant.MAX);
      if (arrival.isPresent() && arrival.get().event() instanceof Event.OrderRejected rejected) {
        return rejected;
      }
    }
    throw new AssertionError("nothing was rejected");
  }

  @Test
  void withoutCredentialsTheErrorNamesThem() {
    assertThatThrownBy(() ->
            AsterVenue.open(
                AsterSettings.of(Optional.empty(), "http://127.0.0.1:9", "http://127.0.0.1:9")))
        .isInstanceOf(VenueException.class)
        .hasMessageContaining("credentials.base_url");
  }

  // ---- how

  private boolean loop(AsterServerFixture face, ApiVersion generation, Leg leg) {
    try (AsterVenue venue = AsterVenue.open(settings(face, generation))) {
      DataClient.Pair pair = pair(venue);
      return loop(venue, leg == Leg.SPOT ? pair.spot() : pair.perp()).run();
    }
  }

  private OrderRoundTrip loop(AsterVenue venue, Instrument instrument) {
    TestSettings settings = new TestSettings(50, Usd.of("20"), 1, Duration.ZERO, true);
    return new OrderRoundTrip(venue, instrument, settings, BOOK, output::add, () -> false);
  }

  private AsterServerFixture face(FaultHook wire) {
    return face(wire, 1);
  }

  private AsterServerFixture face(FaultHook wire, int speed) {
    open = Optional.of(new AsterServerFixture(speed, wire));
    AsterServerFixture face = open.get();
    face.giveCoins();
    return face;
  }

  private static DataClient.Pair pair(AsterVenue venue) {
    return venue.marketData().resolve(names("ASTER/USDT", "ASTERUSDT"));
  }

  private static MarketSymbols names(String spot, String perp) {
    return new MarketSymbols(
        new MarketId("ASTER"), spot, perp, Optional.empty(), Optional.empty(), BigDecimal.ONE);
  }

  private static AsterSettings settings(AsterServerFixture face, ApiVersion generation) {
    Signing signing =
        generation == ApiVersion.V1
            ? new Signing.ByKey(AsterServerFixture.KEY, Duration.ofSeconds(5))
            : new Signing.ByWallet(
                AsterServerFixture.WALLET.address(),
                AsterServerFixture.WALLET,
                AsterServer.CHAIN_ID);
    return AsterSettings.of(Optional.of(signing), face.url(), face.url());
  }

  private static void assertNothingOpen(AsterServerFixture face, ApiVersion generation) {
    AccountState state = face.state(generation);
    assertThat(state.openOrders()).isEmpty();
    assertThat(state.positions()).isEmpty();
  }
}
