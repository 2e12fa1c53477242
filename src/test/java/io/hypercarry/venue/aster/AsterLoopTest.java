package io.hypercarry.venue.aster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hypercarry.connectivity.BidAndCancel;
import io.hypercarry.connectivity.TestSettings;
import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.BookId;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Purpose;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.RejectReason;
import io.hypercarry.core.model.Side;
import io.hypercarry.core.model.TimeInForce;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.aster.AsterFace;
import io.hypercarry.exchange.aster.FaceFixture;
import io.hypercarry.exchange.aster.Wire;
import io.hypercarry.protocol.aster.Generation;
import io.hypercarry.protocol.aster.HmacKey;
import io.hypercarry.protocol.aster.Signing;
import io.hypercarry.venue.FactSource;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.MarketNames;
import io.hypercarry.venue.Prepared;
import io.hypercarry.venue.VenueFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsterLoopTest {
  private static final BookId BOOK = new BookId("00000001");

  private Optional<FaceFixture> open = Optional.empty();
  private final List<String> said = new ArrayList<>();

  @AfterEach
  void close() {
    open.ifPresent(FaceFixture::close);
  }

  @ParameterizedTest
  @CsvSource({"V1, SPOT", "V1, PERP", "V3, SPOT", "V3, PERP"})
  void placesAndCancelsAndLeavesNothing(Generation generation, Leg leg) {
    FaceFixture face = face(Wire.SOUND);
    assertThat(loop(face, generation, leg)).as(said.toString()).isTrue();
    assertThat(said).anyMatch(line -> line.contains("rests"));
    assertNothingOpen(face, generation);
  }

  /**
   * What a venue's bad minute looks like: each of the first requests of a kind fails, differently.
   */
  private static final class BadMinute implements Wire {
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
    FaceFixture face = face(new BadMinute(), 10);
    assertThat(loop(face, Generation.V1, leg)).as(said.toString()).isTrue();
    assertNothingOpen(face, Generation.V1);
  }

  @Test
  void theStreamsMayDieInTheMiddle() {
    FaceFixture face = face(Wire.SOUND);
    try (AsterVenue venue = AsterVenue.open(settings(face, Generation.V1))) {
      Instrument spot = pair(venue).spot();
      BidAndCancel loop = loop(venue, spot);
      venue.trading().account();
      face.face().expireListenKeys();
      face.face().cutStreams();
      assertThat(loop.run()).as(said.toString()).isTrue();
    }
    assertNothingOpen(face, Generation.V1);
  }

  // ---- one sentence each, nothing placed

  @Test
  void aWrongKeyIsOneSentence() {
    assertRefused(new HmacKey("nobody", "the-secret"), "credentials.api_key is no key");
  }

  @Test
  void aWrongSecretIsOneSentence() {
    assertRefused(new HmacKey("the-key", "another"), "credentials.api_secret does not belong");
  }

  private void assertRefused(HmacKey key, String sentence) {
    FaceFixture face = face(Wire.SOUND);
    Signing signing = new Signing.ByKey(key, Duration.ofSeconds(5));
    AsterSettings settings = AsterSettings.of(Optional.of(signing), face.url(), face.url());
    try (AsterVenue venue = AsterVenue.open(settings)) {
      assertThatThrownBy(() -> loop(venue, pair(venue).spot()).run())
          .isInstanceOf(VenueFault.class)
          .hasMessageContaining(sentence)
          .hasMessageNotContaining("the-secret");
    }
    assertNothingOpen(face, Generation.V1);
  }

  @Test
  void anUnknownSymbolIsOneSentence() {
    assertUnresolved("NOPE/USDT", "ASTERUSDT", "spot symbol NOPEUSDT is listed nowhere");
    assertUnresolved("ASTER/USDT", "NOPE", "futures symbol NOPEUSDT is listed nowhere");
  }

  @Test
  void aTestSymbolIsRefused() {
    assertUnresolved("TEST/USDT", "ASTERUSDT", "TESTUSDT is a market of Aster's own tests");
  }

  private void assertUnresolved(String spot, String perp, String sentence) {
    FaceFixture face = open.orElseGet(() -> face(Wire.SOUND));
    try (AsterVenue venue = AsterVenue.open(settings(face, Generation.V1))) {
      MarketData data = venue.marketData();
      assertThatThrownBy(() -> data.resolve(names(spot, perp)))
          .isInstanceOf(VenueFault.class)
          .hasMessageContaining(sentence);
    }
  }

  @Test
  void aQuantityUnderTheMinimumIsRejectedByItsCode() {
    FaceFixture face = face(Wire.SOUND);
    try (AsterVenue venue = AsterVenue.open(settings(face, Generation.V3))) {
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
              Purpose.ENTRY);
      venue.trading().send(List.of(new Prepared(tiny, Prepared.NO_ENVELOPE)));
      assertThat(rejection(venue))
          .satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo(RejectReason.MIN_NOTIONAL);
            assertThat(rejected.text()).contains("-4164");
          });
    }
    assertNothingOpen(face, Generation.V3);
  }

  private static Fact.OrderRejected rejection(AsterVenue venue) {
    for (Instant bound = Instant.now().plusSeconds(20); Instant.now().isBefore(bound); ) {
      Optional<FactSource.Arrival> arrival = venue.facts().await(Instant.MAX);
      if (arrival.isPresent() && arrival.get().fact() instanceof Fact.OrderRejected rejected) {
        return rejected;
      }
    }
    throw new AssertionError("nothing was rejected");
  }

  @Test
  void aNobodyIsToldThatThereIsNobody() {
    assertThatThrownBy(() ->
            AsterVenue.open(
                AsterSettings.of(Optional.empty(), "http://127.0.0.1:9", "http://127.0.0.1:9")))
        .isInstanceOf(VenueFault.class)
        .hasMessageContaining("credentials.base_url");
  }

  // ---- how

  private boolean loop(FaceFixture face, Generation generation, Leg leg) {
    try (AsterVenue venue = AsterVenue.open(settings(face, generation))) {
      MarketData.Pair pair = pair(venue);
      return loop(venue, leg == Leg.SPOT ? pair.spot() : pair.perp()).run();
    }
  }

  private BidAndCancel loop(AsterVenue venue, Instrument instrument) {
    TestSettings settings = new TestSettings(50, Usd.of("20"), 1, Duration.ZERO, true);
    return new BidAndCancel(venue, instrument, settings, BOOK, said::add, () -> false);
  }

  private FaceFixture face(Wire wire) {
    return face(wire, 1);
  }

  private FaceFixture face(Wire wire, int speed) {
    open = Optional.of(new FaceFixture(speed, wire));
    FaceFixture face = open.get();
    face.giveCoins();
    return face;
  }

  private static MarketData.Pair pair(AsterVenue venue) {
    return venue.marketData().resolve(names("ASTER/USDT", "ASTERUSDT"));
  }

  private static MarketNames names(String spot, String perp) {
    return new MarketNames(
        new MarketId("ASTER"), spot, perp, Optional.empty(), Optional.empty(), BigDecimal.ONE);
  }

  private static AsterSettings settings(FaceFixture face, Generation generation) {
    Signing signing =
        generation == Generation.V1
            ? new Signing.ByKey(FaceFixture.KEY, Duration.ofSeconds(5))
            : new Signing.ByWallet(
                FaceFixture.WALLET.address(), FaceFixture.WALLET, AsterFace.CHAIN_ID);
    return AsterSettings.of(Optional.of(signing), face.url(), face.url());
  }

  private static void assertNothingOpen(FaceFixture face, Generation generation) {
    AccountState state = face.state(generation);
    assertThat(state.openOrders()).isEmpty();
    assertThat(state.positions()).isEmpty();
  }
}
